"""Names for invented people: as they sound in the region, and of nobody in particular."""

from __future__ import annotations

from collections.abc import Iterable
from random import Random
from typing import NamedTuple


class Name(NamedTuple):
    """Voornaam, tussenvoegsel and achternaam."""

    first: str
    prefix: str
    last: str

    @property
    def full(self) -> str:
        return " ".join(part for part in self if part)


class Origin(NamedTuple):
    """First and last names that go together; `share` is how often they are drawn."""

    share: int
    firsts: tuple[str, ...]
    lasts: tuple[tuple[str, str], ...]


def _lasts(text: str) -> tuple[tuple[str, str], ...]:
    """ "van der Akkerweg" is the last name Akkerweg with its prefix; capitals begin the name."""
    found = []
    for line in text.split(","):
        words = line.split()
        begin = next(i for i, word in enumerate(words) if word[0].isupper())
        found.append((" ".join(words[:begin]), " ".join(words[begin:])))
    return tuple(found)


DUTCH = Origin(
    20,
    tuple(
        """Aafke Adriaan Alie Anne-Fleur Annelies Arjen Aukje Barbara Bart Bastiaan Bea Bernadet
        Carine Cees Chantal Christiaan Corné Coby Dirk-Jan Dorien Edwin Eefje Elbert Els Esmée
        Ewout Femke Fleur Floortje Frédérique Gerdien Gert-Jan Gijs Gré Hanneke Harmen Heleen
        Hidde Huib Ilse Ineke Irene Jaap Jacoline Janneke Jelle Jeroen Jochem Joëlle Jolanda
        Joris Judith Kees Klaas-Jan Koos Laurens Leendert Lenneke Lieke Lonneke Maaike Machteld
        Margo Marijke Marit Marjolein Matthijs Meindert Mirjam Nelleke Niek Noortje Oscar Paulien
        Pepijn Petra René Reinier Renske Roelof Rosalie Ruben Sander Sanne Sietske Stijn Suzan
        Teun Thijs Tineke Truus Veerle Wendy Wiebe Wietske Wilma Wouter-Jan Yvonne Zoë""".split()
    ),
    _lasts(
        """van der Akkerweg, Almekinders, van Barneveldt, Beekveld, den Besten-Kroon, Bijlhouwer,
        de Blauwe, Boerebach, ten Boom-Visch, van den Bosgraaf, Brandhout, Brouwershaven,
        ter Brugge, Buitendams, van Cappelsteyn, Coppelmans, Dalmeijer, van Dorsmond, Driegat,
        den Dunnen, Duivenvoet, Eemhuis, van Eijsbergen, Elshout, van den Ende-Rook, Fijnekam,
        Gerritsma, de Geus-Wiel, van Giessenveld, Grasdijk, de Groene, Haaksbeen, van 't Haaff,
        Halewijnse, Hartkoorn, van der Heemstede, Hoekwater, in 't Hof, van Hoogblokker,
        Huizing, IJzerdraad, IJsvogel, Jongeling, Kaashoek, van der Kadijk, Keizerswaard,
        Kerkuil, Klaverblad, Kloosterboer, Koevoets, van Kortlandt, Kranendonk, van der Kreek,
        Krommenhoek, Kwakernaat, Lakerveld, van Langeraar, Leenheer, van der Linde-Kamp,
        Lokhorst, Maasdam, van der Made, Meerkerker, van der Meulenkamp, Mijnsheer, Molendijk,
        op 't Nieuwland, Noordhoek, van Nooten, Onderdelinden, Oosterwaal, Oudshoorn, Paauwe,
        Pannekoek, van Pernis, Plooijer, Polderman, Quartel, van Ravensway, Reedijk, Rietkerk,
        Roodbol, Roskam, van Rossumeind, Ruijtenberg, Schaddelee, Scheepmaker,
        van der Schelling, Schildpad, Schrevel, van Sint Annaland, Slingerland, Snijders-Klip,
        van der Sluijsdam, Spaansen, Stolwijker, Stoutjesdijk, van den Tempel, Terlouwse,
        Teekens, Tijssen-Vaart, Uitbeijerse, Veerman-Dam, Verhagen-Rol, Vermazeren, Visserman,
        Vlietlander, van Vuurde, Waardenaar, van de Waterlei, Weggeman, van Wijngaardt,
        Wildschut, de Winterkoning, Wisselink, van der Wielewaal, Zandbergen, Zeemanshart,
        van der Zijde, Zonneklaar, Zwaluwstaart, Zwartewater"""
    ),
)
TURKISH = Origin(
    2,
    tuple(
        "Ayşe Burak Cem Defne Elif Emre Gülsüm Hakan Kübra Orhan Özlem Şükran Tarık Zehra".split()
    ),
    _lasts(
        """Akgündüz, Bozkır, Çınaroğlu, Demirtaş, Erdoğmuş, Gökçe, Işıldak, Karagözlü, Korkmazer,
        Özyürekli, Şimşekler, Tekinalp, Yıldıztepe"""
    ),
)
MOROCCAN = Origin(
    2,
    tuple(
        "Achraf Aïcha Amine Chaimae Fouad Hanane Ilyas Khadija Malika Nordin Rachid Samira".split()
    ),
    _lasts(
        """Aït Lahcen, el Amraouiti, Azzouzi, Bel Hadj, ben Yahiaoui, el Bouzidani, Chahbouni,
        el Fassiri, Lamrabti, Ouaddahi, Tahirini, ez Zerouani"""
    ),
)
SURINAMESE = Origin(
    2,
    tuple("Anil Clyde Dewi Errol Farida Humphrey Indra Joyce Lucinda Radha Sheela Winston".split()),
    _lasts(
        """Baidjnathsing, Biharipad, Blokland-Ramsaran, Doekhiewa, Gangaram, Kromosoeto, Landveld,
        Mahabier, Pinaswad, Ramautarsing, Sabajowa, Zandveldt"""
    ),
)
OTHER = Origin(
    1,
    tuple("Agnieszka Filomena João Kasia Luís Mirela Nguyệt Samuël Senna Tomasz".split()),
    _lasts(
        """Brzozowska, da Costeira, Dias Moreno, Kowalczyk-Prins, Latuperisa, Nguyen-Bakker,
        Pattinama-Vos, Rodrigues Vale, Wattimenau, Zielonka"""
    ),
)
ORIGINS = (DUTCH, TURKISH, MOROCCAN, SURINAMESE, OTHER)


class Namer:
    """Draws names, each once; the same seed draws the same names."""

    def __init__(self, seed: str, taken: Iterable[str]) -> None:
        self._random = Random(seed)  # noqa: S311 (no secret is drawn)
        self._taken = set(taken)
        # Last names are dealt like cards: each once before any comes back.
        self._decks: dict[Origin, list[tuple[str, str]]] = {origin: [] for origin in ORIGINS}

    def draw(self) -> Name:
        """A name that nobody has yet."""
        while True:
            [origin] = self._random.choices(ORIGINS, [origin.share for origin in ORIGINS])
            name = Name(self._random.choice(origin.firsts), *self._deal(origin))
            if name.full not in self._taken:
                self._taken.add(name.full)
                return name

    def _deal(self, origin: Origin) -> tuple[str, str]:
        deck = self._decks[origin]
        if not deck:
            deck.extend(self._random.sample(origin.lasts, len(origin.lasts)))
        return deck.pop()
