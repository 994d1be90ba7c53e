"""The kwartaalbijeenkomst that is ready to be published, in its evening form."""

from __future__ import annotations

from kwartaal.demo.drafts import Day, Part, Point, Workshop
from kwartaal.models.programme import ItemKind, SignUp

ROUND_1 = (
    Workshop(
        "Eén datadesk voor zeven gemeenten",
        "Data",
        "Kil",
        "Elke gemeente heeft een paar mensen die met gegevens werken. Samen kunnen ze meer. Een "
        "datadesk op internet neemt vragen aan en verdeelt het werk.\n\n"
        "U stelt een vraag die u echt hebt, en ziet hoe de desk hem zou beantwoorden.",
        (("Jorrit Bakboord", "spreker"), ("Noor Dijkgraafland", "gespreksleider")),
        44,
    ),
    Workshop(
        "Wat mag u delen? Privacy zonder jargon",
        "Data",
        "Noord",
        "Hulpverleners willen gegevens delen om te helpen. De wet stelt grenzen, maar minder dan "
        "men vaak denkt.\n\n"
        "U krijgt zes situaties en zegt: mag dit wel of niet? Daarna legt een deskundige uit "
        "waarom.",
        (("Abdelhak Benjellouni", "spreker"), ("Karin Waterlander", "gespreksleider")),
        36,
    ),
    Workshop(
        "Goed opdracht geven: oefen met een begroting",
        "Samenwerken",
        "Devel",
        "Uw gemeente koopt diensten bij de servicegemeente. Wat vraagt u, wat betaalt u, en wat "
        "doet u als het tegenvalt?\n\n"
        "U speelt een jaar na in een uur: van opdracht tot rekening.",
        (("Wim Peilnagel", "spreker"), ("Hamza Tazi-Alami", "gespreksleider")),
        32,
    ),
    Workshop(
        "Samen lobbyen: wat brengt u in?",
        "Lobby",
        "Waal",
        "Bij provincie en Rijk telt een kort en eerlijk verhaal. Liefst verteld door iemand die "
        "het zelf meemaakt.\n\n"
        "U schrijft in één alinea wat de regio nodig heeft, en hoort van iemand van de andere "
        "kant of het overkomt.",
        (("Elise Provoost-Haag", "spreker"), ("Mustafa Yücelen", "gespreksleider")),
        30,
    ),
)
ROUND_2 = (
    Workshop(
        "Zien aankomen hoeveel zorg er nodig is",
        "Zorg",
        "Kil",
        "Met cijfers over leeftijd, wonen en gezondheid kunt u vooruitkijken. Zo komt een tekort "
        "niet als verrassing.\n\n"
        "U bekijkt de komende tien jaar van één wijk en bedenkt wat uw gemeente nu al kan doen.",
        (("Shanti Ramlakhansingh", "spreker"), ("Trudy Hazewinkel-Poort", "gespreksleider")),
        44,
    ),
    Workshop(
        "De digitale balie: iedereen moet mee kunnen doen",
        "Dienstverlening",
        "Noord",
        "Veel mensen vinden een formulier op internet moeilijk. Toch gaat steeds meer digitaal.\n\n"
        "Twee inwoners testen voor uw ogen een aanvraag. U noteert waar het misgaat, en wat u "
        "eraan kunt doen.",
        (("Roos Aanhaak", "spreker"), ("Evelien Roodborst", "gespreksleider")),
        36,
    ),
    Workshop(
        "Lees een DVO in een half uur",
        "Dienstverlening",
        "Devel",
        "Een dienstverleningsovereenkomst is dik. Maar met vijf vragen weet u snel wat erin "
        "staat.\n\n"
        "U leest een voorbeeld en vergelijkt wat u vond met uw buren.",
        (("Ruud Koppelman-Rib", "spreker"), ("Marga Lichtenvoort", "gespreksleider")),
        32,
    ),
    Workshop(
        "Vertrouwen tussen zeven gemeenten: wat helpt?",
        "Samenwerken",
        "Waal",
        "Afspraken op papier zijn nodig. Maar samenwerken lukt pas als mensen elkaar kennen en "
        "elkaar iets gunnen.\n\n"
        "In een open gesprek vertelt u wanneer het goed ging, en waardoor. Wat er gezegd wordt, "
        "blijft in de zaal.",
        (("Tessa Roerganger", "gespreksleider"), ("Timo Straatsma", "gespreksleider")),
        30,
    ),
)

DAY = Day(
    title="Kwartaalbijeenkomst: slim samenwerken met data",
    introduction=(
        "Gemeenten weten veel. Samen weten ze nog meer. Deze avond gaat over gegevens: hoe "
        "gebruikt u ze goed, wat mag wel en wat mag niet, en hoe zorgen we dat iedereen mee kan "
        "doen?\n\n"
        "We beginnen om 17.00 uur met het thema en eten daarna samen. U kiest twee workshops en "
        "we sluiten af met een borrel. We nemen geen besluiten."
    ),
    venue="de-trosserij",
    begins="16.30",
    ends="22.00",
    maximum=220,
    parts=(
        Part(
            ItemKind.BREAK,
            "16.30",
            "17.00",
            "Inloop",
            "U krijgt uw naamkaartje bij de balie.",
            "Foyer",
        ),
        Part(
            ItemKind.PLENARY,
            "17.00",
            "18.00",
            "Thema: wat weten we, en wat doen we ermee?",
            "Drie korte verhalen: van een ambtenaar, een ondernemer en een onderzoeker. Daarna "
            "stelt u vragen.",
            "Oude Maas",
            (("Mirthe Oldenkamp", "dagvoorzitter"), ("Noor Dijkgraafland", "spreker"))
            + (("Jorrit Bakboord", "spreker"), ("Wim Peilnagel", "spreker")),
        ),
        Part(
            ItemKind.LUNCH,
            "18.00",
            "19.00",
            "Gezamenlijke maaltijd",
            "Eenvoudig en warm. Er is altijd eten zonder vlees.",
            "Foyer",
            sign_up=SignUp.OPEN,
        ),
        Part(
            ItemKind.BREAK,
            "19.00",
            "19.30",
            "Tijd voor overleg",
            "Even met uw fractie, uw college of uw collega's. De zalen zijn open.",
        ),
        Part(
            ItemKind.ROUND,
            "19.30",
            "20.15",
            "Workshopronde 1",
            "U kiest één van de vier workshops.",
            workshops=ROUND_1,
        ),
        Part(
            ItemKind.ROUND,
            "20.25",
            "21.10",
            "Workshopronde 2",
            "U kiest één van de vier workshops.",
            workshops=ROUND_2,
        ),
        Part(
            ItemKind.PLENARY,
            "21.10",
            "21.30",
            "Samen afsluiten",
            "Eén vraag aan de zaal: wat gaat u morgen anders doen?",
            "Oude Maas",
            (("Mirthe Oldenkamp", "dagvoorzitter"),),
        ),
        Part(ItemKind.DRINKS, "21.30", "22.00", "Borrel", "", "Foyer", sign_up=SignUp.OPEN),
    ),
    agenda=(
        Point("Opening", "Welkom door de dagvoorzitter.", "informeren", 5),
        Point(
            "Drie verhalen over gegevens",
            "Wat leverde het op, wat ging er mis, en wat zouden de sprekers nu anders doen?",
            "beeldvorming",
            30,
        ),
        Point(
            "Vragen uit de zaal",
            "U kunt ook vooraf een vraag sturen aan de griffie.",
            "meningsvorming",
            25,
        ),
        Point(
            "Wat neemt u mee?",
            "Elke workshop noemt één ding dat raden en colleges moeten weten.",
            "ophalen",
            20,
        ),
        Point(
            "Nabespreking met sprekers en gespreksleiders",
            "Wat ging goed, wat kan beter? Alleen voor wie meewerkt aan deze avond.",
            "ophalen",
            15,
            is_closed=True,
        ),
    ),
)
