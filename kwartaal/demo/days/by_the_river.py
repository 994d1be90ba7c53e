"""The kwartaalbijeenkomst that comes next, in its midday form."""

from __future__ import annotations

from kwartaal.demo.drafts import Day, Part, Point, Second, Workshop
from kwartaal.demo.papers import Paper
from kwartaal.models.programme import ItemKind, SignUp

# Everybody wants this one, so it is the one that fills up.
MOST_WANTED = "Waar bouwen we de komende tien jaar?"

ROUND_1 = (
    Workshop(
        MOST_WANTED,
        "Wonen",
        "Wantij",
        "Er zijn duizenden woningen nodig, en de ruimte is klein. Langs de rivier is het mooi, "
        "maar ook nat. In de dorpen wil men voor de eigen kinderen bouwen.\n\n"
        "U werkt aan een grote kaart van de regio. Met stickers kiest u waar huizen komen, en u "
        "ziet meteen wat dat doet met wegen, water en groen.",
        (("Timo Straatsma", "spreker"), ("Ferdinand Muurbloem", "gespreksleider")),
        24,
    ),
    Workshop(
        "Sneller op weg met boot en fiets",
        "Bereikbaarheid",
        "Noord",
        "De rivier is de kortste weg, als de boot op tijd vaart en de fiets mee mag.\n\n"
        "U denkt mee over drie routes tussen huis en werk. Een werkgever vertelt wat zijn "
        "personeel nodig heeft om de auto te laten staan.",
        (("Priscilla Vreugdenhout", "spreker"), ("Elise Provoost-Haag", "gespreksleider")),
        40,
    ),
    Workshop(
        "Warmte zonder aardgas: wat kost het?",
        "Energie",
        "Biesbosch",
        "Een warmtenet, een warmtepomp of toch nog even gas? Het antwoord verschilt per straat.\n\n"
        "Met voorbeelden uit drie wijken ziet u wat bewoners betalen en wat de gemeente betaalt. "
        "Ook de vraag wie het risico draagt komt aan bod.",
        (("Lidewij Ketelaar", "spreker"), ("Sigrid Wegewijs", "gespreksleider")),
        36,
    ),
    Workshop(
        "Zo houdt uw raad grip op de regio",
        "Samenwerken",
        "Kil",
        "Veel taken worden regionaal uitgevoerd. Uw raad betaalt mee en stelt de kaders. Maar "
        "wanneer kunt u bijsturen, en met welke vraag?\n\n"
        "U oefent met een begroting van een gemeenschappelijke regeling: wat leest u eerst, en "
        "wat vraagt u aan uw wethouder?",
        (("Marga Lichtenvoort", "spreker"), ("Evelien Roodborst", "gespreksleider")),
        48,
    ),
)
ROUND_2 = (
    Workshop(
        "Jong talent: hier leren, hier blijven",
        "Werk",
        "Kil",
        "Jongeren die hier opgroeien, studeren vaak ergens anders en komen niet terug. De "
        "Groeiagenda 2030 wil dat veranderen.\n\n"
        "Studenten vertellen wat hen hier zou houden. U maakt een lijstje van drie dingen die "
        "school, bedrijf en gemeente samen kunnen doen.",
        (("Mirthe Oldenkamp", "spreker"), ("Tessa Roerganger", "gespreksleider")),
        48,
    ),
    Workshop(
        "Zon op grote daken",
        "Energie",
        "Biesbosch",
        "Op bedrijfshallen is plaats voor veel zonnepanelen. Toch liggen de meeste daken leeg: het "
        "dak is te licht of het net is vol.\n\n"
        "U maakt een plan voor één bedrijventerrein, samen met de eigenaren.",
        (("Pieter-Bas Zonneveer", "spreker"), ("Hamza Tazi-Alami", "gespreksleider")),
        36,
    ),
    Workshop(
        "Ruimte voor bedrijven aan het water",
        "Economie",
        "Noord",
        "Scheepsbouw en overslag moeten aan de rivier liggen. Daar wil ook de woningbouwer heen. "
        "Kan het naast elkaar?\n\n"
        "Wandel in gedachten langs de kade van drie gemeenten en kies: mengen, scheiden of "
        "verplaatsen.",
        (("Hester Smeedijzer", "spreker"), ("Kees-Jan Kleigrond", "gespreksleider")),
        40,
    ),
    Workshop(
        "Een lege school: wat doen we ermee?",
        "Vastgoed",
        "Wantij",
        "Gemeenten hebben veel gebouwen: scholen, gymzalen, buurthuizen. Sommige staan leeg, "
        "terwijl verenigingen ruimte zoeken.\n\n"
        "Aan de hand van één schoolgebouw bekijkt u wat beheer kost, wat verkoop oplevert en wat "
        "de buurt verliest.",
        (("Ruud Koppelman-Rib", "spreker"), ("Jannie Drempelaar", "gespreksleider")),
        24,
    ),
)

CLOSING_AGENDA = (
    Point(
        "Wat kwam er uit de workshops?",
        "Elke workshop vertelt in twee minuten wat eruit kwam. U hoort dus ook iets van de "
        "workshops die u niet koos.",
        "ophalen",
        25,
    ),
    Point(
        "Wat vindt u belangrijk voor de regio?",
        "U kiest uit de ideeën van vandaag. Het is geen stemming en er volgt geen besluit. De "
        "griffie geeft de uitkomst mee aan raden en colleges.",
        "meningsvorming",
        15,
    ),
    Point("Sluiting", "De dagvoorzitter nodigt u uit voor de borrel.", "informeren", 5),
)
PAPERS = (
    Paper(
        "Wat de zeven gemeenten samen deden",
        "Overzicht samenwerking.pdf",
        "Dit kwartaal ging het loket voor vragen over wonen open.\n"
        "De kaart van lege gebouwen is bijna klaar.",
        point="Wat de gemeenten samen deden",
        kind="A-18",
        owner="Netwerk Smartwijs",
        better="Dit kwartaal ging het loket voor vragen over wonen open.\n"
        "De kaart van lege gebouwen is klaar. U vindt de kaart bij uw eigen gemeente.",
    ),
    Paper(
        "De rivier in tien kaarten",
        "De rivier in tien kaarten.pdf",
        "Van 1850 tot nu: waar stonden werven, en waar staan nu huizen?\n"
        "De kaarten zelf laat de onderzoeker op het scherm zien.",
        point="De rivier, vroeger en straks",
        kind="A-3",
    ),
    Paper(
        "Praktische informatie",
        "Praktische informatie.pdf",
        "De zaal is open vanaf een half uur voor het begin. Parkeren kan op de kade.\n"
        "Er is een lift. Hebt u iets nodig om mee te doen? Meld het bij uw aanmelding.",
    ),
    Paper(
        "Draaiboek voor sprekers en gespreksleiders",
        "Draaiboek.pdf",
        "Wie doet wat, en wanneer. Alleen voor wie meewerkt aan deze dag.",
        is_closed=True,
    ),
)
# Put on the agenda in the second version.
AFTERWARDS = Point(
    "Nabespreking met sprekers en gespreksleiders",
    "Wat ging goed, wat kan beter? Alleen voor wie meewerkt aan deze dag.",
    "ophalen",
    15,
    is_closed=True,
)
SECOND = Second(
    AFTERWARDS,
    workshop="Sneller op weg met boot en fiets",
    voice=("Fenna Schippersdochter", "tweede spreker"),
    note="Bij ‘Sneller op weg met boot en fiets’ spreekt ook een schipper. Een stuk is verbeterd.",
)

DAY = Day(
    title="Kwartaalbijeenkomst: wonen en werken aan de rivier",
    introduction=(
        "Hoe blijft onze regio een fijne plek om te wonen en te werken? Daar gaat deze middag "
        "over. Raadsleden, collegeleden, ambtenaren, bedrijven, kennisinstellingen, "
        "maatschappelijke instellingen en onze buurgemeenten praten mee.\n\n"
        "U begint met een lunch. Na de plenaire opening kiest u twee workshops. We sluiten af met "
        "een borrel, waar u rustig kunt doorpraten.\n\n"
        "We nemen geen besluiten. Wat u ophaalt, neemt u mee naar uw eigen raad, college of "
        "organisatie."
    ),
    venue="de-werfzaal",
    begins="12.00",
    ends="18.00",
    maximum=180,
    online="https://stream.example.org/kwartaal/wonen-en-werken",
    parts=(
        Part(
            ItemKind.LUNCH,
            "12.00",
            "13.00",
            "Inloop met lunch",
            "U krijgt uw naamkaartje bij de balie. Daarna staat de lunch klaar in de foyer.",
            "Foyer",
            sign_up=SignUp.OPEN,
        ),
        Part(
            ItemKind.PLENARY,
            "13.00",
            "13.45",
            "Plenaire opening",
            "Welkom door de dagvoorzitter. Daarna een wandeling in beelden langs de rivier, van "
            "vroeger naar straks.",
            "Merwede",
            (("Yasmina el Khattabi", "dagvoorzitter"), ("Wim Peilnagel", "spreker")),
        ),
        Part(
            ItemKind.ROUND,
            "13.45",
            "14.45",
            "Workshopronde 1",
            "U kiest één van de vier workshops.",
            workshops=ROUND_1,
        ),
        Part(ItemKind.BREAK, "14.45", "15.15", "Pauze", "Koffie en thee in de foyer.", "Foyer"),
        Part(
            ItemKind.ROUND,
            "15.15",
            "16.15",
            "Workshopronde 2",
            "U kiest één van de vier workshops.",
            workshops=ROUND_2,
        ),
        Part(
            ItemKind.PLENARY,
            "16.15",
            "17.00",
            "Samen afsluiten",
            "Elke workshop vertelt in twee minuten wat eruit kwam.",
            "Merwede",
            (("Yasmina el Khattabi", "dagvoorzitter"),),
        ),
        Part(
            ItemKind.DRINKS,
            "17.00",
            "18.00",
            "Borrel",
            "Met uitzicht op de rivier.",
            "Foyer",
            sign_up=SignUp.OPEN,
        ),
    ),
    agenda=(
        Point("Opening en mededelingen", "Welkom, en hoe de middag verloopt.", "informeren", 5),
        Point(
            "Hoe staat onze samenwerking ervoor?",
            "Een kort overzicht van wat de zeven gemeenten dit kwartaal samen deden, en wat er "
            "aankomt voor uw raad.",
            "informeren",
            subpoints=(
                Point(
                    "Wat de gemeenten samen deden",
                    "In het kort:\n\n"
                    "- één loket voor **vragen over wonen**\n"
                    "- een gezamenlijke kaart van lege gebouwen\n"
                    "- de eerste gesprekken met de buurgemeenten",
                    "informeren",
                    10,
                ),
                Point(
                    "Wat er aankomt voor uw raad",
                    "De planning voor het komende kwartaal, met ruimte voor vragen.",
                    "informeren",
                    5,
                ),
            ),
        ),
        Point(
            "De rivier, vroeger en straks",
            "Waar nu huizen staan, lagen werven. Waar nu werven liggen, willen mensen wonen. Een "
            "onderzoeker laat zien hoe dat ging, en wat we ervan kunnen leren.",
            "beeldvorming",
            25,
            speaker="Wim Peilnagel",
            links=(("Over de geschiedenis van de rivier", "https://rivier.voorbeeld.example/"),),
        ),
        *CLOSING_AGENDA,
    ),
    papers=PAPERS,
)
