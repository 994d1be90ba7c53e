"""The kwartaalbijeenkomst that was held last, in its evening form."""

from __future__ import annotations

from kwartaal.demo.drafts import Day, Part, Point, Workshop
from kwartaal.demo.papers import Paper
from kwartaal.models.programme import ItemKind, SignUp

ROUND_1 = (
    Workshop(
        "Schulden eerder in beeld",
        "Sociaal domein",
        "Noord",
        "Wie de huur of de zorgpremie niet betaalt, heeft vaak al langer problemen. Verhuurders "
        "en verzekeraars melden dat bij de gemeente. Wat doen we daarna?\n\n"
        "Een vrijwilliger vertelt hoe zo'n gesprek aan de keukentafel gaat. Daarna bedenkt u wat "
        "uw gemeente morgen anders kan doen.",
        (("Selma Köseoğlu", "spreker"), ("Trudy Hazewinkel-Poort", "gespreksleider")),
        40,
    ),
    Workshop(
        "Van uitkering naar vak",
        "Werk",
        "Alblas",
        "Bedrijven zoeken lassers, chauffeurs en monteurs. Tegelijk staan er mensen aan de kant. "
        "Een korte opleiding op de werkvloer brengt ze bij elkaar.\n\n"
        "U hoort wat werkt en wat niet, van een school, een bedrijf en een deelnemer.",
        (("Tessa Roerganger", "spreker"), ("Ron Vakkenist", "spreker")),
        36,
    ),
    Workshop(
        "Het minimabudget: samen of ieder voor zich?",
        "Sociaal domein",
        "Biesbosch",
        "Elke raad stelt zelf de verordening vast. Toch is het handig als regels op elkaar lijken. "
        "Inwoners verhuizen, en de uitvoering wordt goedkoper.\n\n"
        "U vergelijkt drie verordeningen en kiest: wat maakt u gelijk, wat houdt u lokaal?",
        (("Bilal Ouhammouchi", "spreker"), ("Evelien Roodborst", "gespreksleider")),
        34,
    ),
    Workshop(
        "De energierekening omlaag",
        "Energie",
        "Wantij",
        "Huurders in een tochtig huis betalen het meest. Isoleren helpt, maar wie begint?\n\n"
        "Een corporatie en een huurdersvereniging laten zien hoe ze één straat hebben aangepakt. "
        "U rekent mee.",
        (("Ferdinand Muurbloem", "spreker"), ("Jannie Drempelaar", "spreker")),
        28,
    ),
)
ROUND_2 = (
    Workshop(
        "Als uw personeel schulden heeft",
        "Economie",
        "Noord",
        "Veel werkgevers krijgen te maken met loonbeslag. Dat kost tijd en geeft spanning. Een "
        "goed gesprek voorkomt veel.\n\n"
        "Twee ondernemers vertellen wat zij doen. U gaat naar huis met vijf vragen die u kunt "
        "stellen.",
        (("Gonda Meelhuis", "spreker"), ("Priscilla Vreugdenhout", "gespreksleider")),
        40,
    ),
    Workshop(
        "Jongeren en geld: achteraf betalen",
        "Jeugd",
        "Alblas",
        "Nu kopen en later betalen is voor jongeren gewoon. Zes kleine rekeningen worden samen een "
        "grote.\n\n"
        "Jongeren laten op hun telefoon zien hoe het gaat. U denkt mee over hulp die zij zelf "
        "zouden gebruiken.",
        (("Dylan Wiegerinck", "spreker"), ("Karin Waterlander", "gespreksleider")),
        36,
    ),
    Workshop(
        "Eén gezin, één aanspreekpunt",
        "Zorg",
        "Biesbosch",
        "In sommige gezinnen komen zes hulpverleners over de vloer. Eén vast gezicht werkt beter. "
        "Maar wie mag dan beslissen over geld?\n\n"
        "U volgt één gezin door de week en zoekt naar wat er in de weg zit.",
        (("Shanti Ramlakhansingh", "spreker"), ("Sigrid Wegewijs", "gespreksleider")),
        34,
    ),
    Workshop(
        "Wat zeggen de cijfers over armoede?",
        "Data",
        "Wantij",
        "Gemiddeld gaat het goed. Maar een gemiddelde verbergt veel. Op wijkniveau ziet u waar "
        "mensen net te veel verdienen voor hulp en te weinig om rond te komen.\n\n"
        "U onderzoekt de cijfers van een wijk die u kent.",
        (("Wim Peilnagel", "spreker"), ("Noor Dijkgraafland", "gespreksleider")),
        28,
    ),
)

DAY = Day(
    title="Kwartaalbijeenkomst: rondkomen in de Drechtsteden",
    introduction=(
        "Ook wie werk heeft, komt niet altijd rond. Wat kan de regio doen, en wat kan uw "
        "gemeente of bedrijf zelf?\n\n"
        "Dit is een avond. We beginnen om 17.00 uur met het thema en eten daarna samen. Tussen de "
        "maaltijd en de workshops is er een half uur om te overleggen met uw fractie of collega's. "
        "We sluiten af met een borrel."
    ),
    venue="de-griendschuur",
    begins="16.30",
    ends="22.00",
    maximum=200,
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
            "Thema: rondkomen in de regio",
            "Een moeder van drie kinderen vertelt hoe zij haar week plant. Daarna de cijfers van "
            "de zeven gemeenten, en een gesprek met de zaal.",
            "Merwede",
            (("Roos Aanhaak", "dagvoorzitter"), ("Wim Peilnagel", "spreker")),
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
            "Wat hoorde u vanavond dat u niet wist?",
            "Merwede",
            (("Roos Aanhaak", "dagvoorzitter"),),
        ),
        Part(ItemKind.DRINKS, "21.30", "22.00", "Borrel", "", "Foyer", sign_up=SignUp.OPEN),
    ),
    agenda=(
        Point("Opening", "Welkom door de dagvoorzitter.", "informeren", 5),
        Point(
            "Het verhaal van één week",
            "Een inwoner laat zien wat er binnenkomt, wat eruit gaat, en wat er gebeurt als de "
            "wasmachine stukgaat.",
            "beeldvorming",
            20,
        ),
        Point(
            "De cijfers van zeven gemeenten",
            "Waar wonen mensen die werken en toch niet rondkomen? U ziet de kaart van de regio en "
            "kunt vragen stellen.",
            "informeren",
            35,
        ),
        Point(
            "Wat neemt u mee?",
            "Elke tafel noemt één idee. De griffie verzamelt ze voor raden en colleges.",
            "ophalen",
            20,
        ),
    ),
    papers=(
        Paper(
            "Rondkomen in zeven gemeenten",
            "Rondkomen in cijfers.pdf",
            "Van elke honderd huishoudens met werk komen er zeven niet rond.\n"
            "Op wijkniveau lopen de verschillen op. De kaart staat op de volgende bijeenkomst "
            "weer op de agenda.",
            point="De cijfers van zeven gemeenten",
            kind="A-3",
        ),
        Paper(
            "Eén week uit het huishoudboekje",
            "Een week.pdf",
            "Wat er binnenkomt, wat eruit gaat, en wat er overblijft. De bedragen zijn verzonnen.",
            point="Het verhaal van één week",
        ),
    ),
)
