"""The first kwartaalbijeenkomst (KB-1). Its subjects stand in the letters, its day does not."""

from __future__ import annotations

from datetime import date

from kwartaal.demo.drafts import Day, Part, Point, Workshop
from kwartaal.models.programme import ItemKind

ON = date(2021, 11, 9)

ROUND_1 = (
    Workshop(
        "Groeiagenda 2030: hoe houden we hoger opgeleiden hier?",
        "Economie",
        "Wantij",
        "In onze regio wonen bijna 300.000 mensen. Toch vinden bedrijven hier te weinig hoger "
        "opgeleid personeel, en gaan veel jongeren na hun studie weg.\n\n"
        "U hoort wat de Groeiagenda 2030 hieraan wil doen. Daarna zoekt u in kleine groepen naar "
        "wat uw gemeente kan bijdragen: wonen, werk of bereikbaarheid.",
        (("Mirthe Oldenkamp", "spreker"), ("Lidewij Ketelaar", "gespreksleider")),
    ),
    Workshop(
        "Bestaanszekerheid, ontwikkeling en ondersteuning",
        "Sociaal domein",
        "Kil",
        "De Regionale Visie op het Sociaal domein heeft drie doelen. Mensen hebben zekerheid over "
        "hun bestaan. Mensen kunnen zich ontwikkelen. En wie het nodig heeft, krijgt "
        "ondersteuning.\n\n"
        "Aan de hand van drie verhalen uit de praktijk bespreekt u wat de regio doet, wat uw "
        "gemeente doet, en waar dat beter op elkaar kan aansluiten.",
        (("Trudy Hazewinkel-Poort", "spreker"), ("Roos Aanhaak", "gespreksleider")),
    ),
    Workshop(
        "Eén loket voor vragen over data",
        "Data",
        "Biesbosch",
        "Zeven gemeenten verzamelen allemaal gegevens. Kennis en mensen bundelen helpt om er meer "
        "mee te doen. Een gezamenlijk loket op internet kan vragen van gemeenten beantwoorden.\n\n"
        "U bekijkt welke vragen uw raad of college heeft, en wat een loket daarvoor nodig heeft.",
        (("Jorrit Bakboord", "spreker"), ("Noor Dijkgraafland", "gespreksleider")),
    ),
    Workshop(
        "Wat betekent de nieuwe samenwerking voor u als raad?",
        "Samenwerken",
        "Vlij",
        "In de nieuwe gemeenschappelijke regeling werken alleen de colleges samen. De raad draagt "
        "geen bevoegdheden over. Uw raad stelt dus weer zelf de kaders vast, zoals het beleidsplan "
        "Wmo en de verordening Werk en Inkomen.\n\n"
        "U oefent met een echte vraag: wanneer bent u als raad aan zet, en wat vraagt u dan?",
        (("Evelien Roodborst", "spreker"), ("Hamza Tazi-Alami", "gespreksleider")),
    ),
)
ROUND_2 = (
    Workshop(
        "Wat staat er in een DVO?",
        "Dienstverlening",
        "Wantij",
        "Dordrecht gaat taken uitvoeren voor de andere gemeenten. De afspraken staan in een "
        "dienstverleningsovereenkomst, kortweg DVO. De eerste vier jaar blijft de dienstverlening "
        "op het niveau van nu.\n\n"
        "U leest samen een voorbeeld en let op drie dingen: wat krijgt u, wat kost het, en hoe "
        "past u een afspraak aan?",
        (("Noor Dijkgraafland", "spreker"), ("Ruud Koppelman-Rib", "gespreksleider")),
    ),
    Workshop(
        "Goed opdracht geven, goed opdracht krijgen",
        "Samenwerken",
        "Kil",
        "Gemeenten waren samen eigenaar en tegelijk opdrachtgever. Dat wrong. In de nieuwe "
        "samenwerking zijn de rollen duidelijker.\n\n"
        "U speelt een gesprek na tussen opdrachtgever en opdrachtnemer. Daarna wisselt u van rol. "
        "Wat helpt om er samen uit te komen?",
        (("Wim Peilnagel", "spreker"), ("Marga Lichtenvoort", "gespreksleider")),
    ),
    Workshop(
        "Lokaal maatwerk in Wmo en schuldhulp",
        "Sociaal domein",
        "Biesbosch",
        "Gemeenten willen meer ruimte voor eigen keuzes. Dat kan straks vaker dan nu. Maatwerk "
        "kost wel geld, en te veel verschillen maken de uitvoering lastig.\n\n"
        "U krijgt drie voorstellen voor maatwerk. Welke past in uw gemeente, en welke prijs hoort "
        "daarbij?",
        (("Bilal Ouhammouchi", "spreker"), ("Selma Köseoğlu", "gespreksleider")),
    ),
    Workshop(
        "Samen naar provincie en Rijk",
        "Lobby",
        "Vlij",
        "Met zeven gemeenten samen klinken we luider. Maar dan moet de boodschap wel kloppen en "
        "op tijd komen.\n\n"
        "U maakt een lijst van drie onderwerpen voor de komende twee jaar, en bedenkt wie uit de "
        "regio het verhaal het beste kan vertellen.",
        (("Elise Provoost-Haag", "spreker"), ("Mustafa Yücelen", "gespreksleider")),
    ),
)

DAY = Day(
    title="Kwartaalbijeenkomst november 2021",
    introduction=(
        "Op 1 januari 2022 begint onze nieuwe samenwerking. De Drechtraad en het "
        "Drechtstedenbestuur stoppen dan. Elkaar ontmoeten blijft. Vanaf nu doen we dat in de "
        "kwartaalbijeenkomst, en dit is de eerste.\n\n"
        "Raadsleden, collegeleden, ambtenaren, bedrijven, kennisinstellingen en maatschappelijke "
        "instellingen zijn welkom. Ook onze buren uit Gorinchem, Hoeksche Waard en Molenlanden "
        "zijn uitgenodigd.\n\n"
        "We beginnen samen. Daarna kiest u twee workshops, en we sluiten af met een borrel. We "
        "nemen deze middag geen besluiten: dat doen de raden en de colleges, ieder in de eigen "
        "gemeente."
    ),
    note=(
        "De brieven noemen alleen de maand: november. De dag, de tijden, de zalen en de sprekers "
        "op deze pagina zijn bedacht voor de demonstratie."
    ),
    venue="het-getijdenhuis",
    begins="12.30",
    ends="18.00",
    parts=(
        Part(ItemKind.BREAK, "12.30", "13.00", "Inloop", "Koffie en thee staan klaar.", "Foyer"),
        Part(
            ItemKind.PLENARY,
            "13.00",
            "13.45",
            "Plenaire opening",
            "Welkom, en een kort verhaal over de nieuwe samenwerking: wat verandert er op "
            "1 januari, en wat blijft?",
            "Merwede",
            (("Hester Smeedijzer", "dagvoorzitter"),),
        ),
        Part(
            ItemKind.ROUND,
            "13.45",
            "14.45",
            "Workshopronde 1",
            "U kiest één van de vier workshops.",
            workshops=ROUND_1,
        ),
        Part(ItemKind.BREAK, "14.45", "15.15", "Pauze", "", "Foyer"),
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
            (("Hester Smeedijzer", "dagvoorzitter"),),
        ),
        Part(ItemKind.DRINKS, "17.00", "18.00", "Borrel", "", "Foyer"),
    ),
    agenda=(
        Point("Opening", "De dagvoorzitter heet iedereen welkom.", "informeren", 5),
        Point(
            "Wat verandert er op 1 januari 2022?",
            "De sociale dienst blijft regionaal, in een nieuwe gemeenschappelijke regeling van de "
            "colleges. Dordrecht wordt servicegemeente en voert taken uit voor de andere "
            "gemeenten. U hoort wat dit betekent voor inwoners, raden en colleges.",
            "informeren",
            20,
        ),
        Point(
            "Vier waarden voor de samenwerking",
            "Partnerschap, professionaliteit, voortdurend verbeteren en zakelijkheid. Wat "
            "verstaat u daaronder? U praat erover met uw buurman of buurvrouw.",
            "beeldvorming",
            20,
        ),
        Point(
            "Wat kwam er uit de workshops?",
            "Acht keer twee minuten. De griffie schrijft mee en stuurt u de samenvatting.",
            "ophalen",
            30,
        ),
        Point(
            "Wat neemt u mee naar uw raad of organisatie?",
            "U schrijft één zin op een kaart. Die krijgt u na drie maanden thuisgestuurd.",
            "meningsvorming",
            10,
        ),
        Point("Sluiting", "", "informeren", 5),
    ),
)
