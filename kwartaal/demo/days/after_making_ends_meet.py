"""What the griffie wrote and showed after the evening on making ends meet."""

from __future__ import annotations

from kwartaal.demo.papers import Paper

RECORDING = "https://opname.voorbeeld.example/rondkomen"
VERSION_NOTE = "De presentaties van de workshops staan bij de agenda."

PRESENTATIONS = (
    Paper(
        "Schulden eerder in beeld: de keukentafel",
        "Schulden eerder in beeld.pdf",
        "Bel binnen een week. Kom met z'n tweeën. Luister eerst een half uur.\n"
        "Van de tien gesprekken leiden er zes tot hulp die de bewoner zelf wilde.",
        kind="A-3",
        owner="Stichting Buurtmaatjes",
    ),
    Paper(
        "De energierekening omlaag: één straat",
        "Een straat.pdf",
        "Twaalf huizen, drie huurders die begonnen, één aannemer.\n"
        "De rekening ging in een winter met een derde omlaag. De bedragen zijn verzonnen.",
        kind="A-3",
    ),
)

REPORT_DRAFT = "Aantekeningen van de avond.\n\nNog uitwerken: de ideeën van de tafels."
REPORT = """\
Op deze avond spraken raadsleden, collegeleden, ambtenaren, bedrijven en instellingen over \
rondkomen. Er werd niets besloten: de avond was om te horen, te vragen en ideeën op te halen.

# Het verhaal van één week

Een bewoner liet zien wat er in een week binnenkomt en wat eruit gaat. Eén kapotte wasmachine \
is genoeg om een maand achter te lopen.

# De cijfers van zeven gemeenten

Gemiddeld gaat het goed, maar op wijkniveau lopen de verschillen op. Gevraagd werd of de kaart \
elk jaar terugkomt. De griffie neemt dat mee.

# Wat de tafels noemden

- Bel eerder, en stuur minder brieven.
- Maak de regels voor het minimabudget meer gelijk, en laat ruimte voor de eigen gemeente.
- Geef een gezin één gezicht dat over **kleine bedragen** zelf mag beslissen.
- Laat werkgevers weten wie zij kunnen bellen bij loonbeslag.

# Hoe het verdergaat

De ideeën gaan naar de raden en de colleges. Op de volgende bijeenkomst staat de kaart van de \
regio weer op de agenda.
"""

RECAP_TITLE = "Vlugschrift: een avond over rondkomen"
RECAP_LEAD = (
    "Wie werk heeft, komt niet altijd rond. Een avond lang luisterden raden, colleges, ambtenaren, "
    "bedrijven en instellingen naar elkaar. Dit viel op."
)
RECAP_OPENING = """\
# Drie dingen die bleven hangen

- Eén gesprek aan de keukentafel doet meer dan drie brieven.
- Zes kleine rekeningen van jongeren zijn samen een grote.
- Wie één gezin één aanspreekpunt geeft, moet die ook iets laten beslissen.

> Ik wist niet dat mijn eigen personeel hier ook mee zit.
"""
