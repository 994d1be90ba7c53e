"""Venues and their rooms."""

from __future__ import annotations

import uuid

from sqlalchemy import CheckConstraint, ForeignKey, String, UniqueConstraint, Uuid, select
from sqlalchemy.orm import Mapped, mapped_column, relationship

from kwartaal.db import Model, db
from kwartaal.models.organisation import Organisation


class Venue(Model):
    """A building where meetings are held; it stands in one of the municipalities."""

    __tablename__ = "venue"
    __table_args__ = (
        CheckConstraint("latitude BETWEEN -90 AND 90", name="latitude"),
        CheckConstraint("longitude BETWEEN -180 AND 180", name="longitude"),
        CheckConstraint("(latitude IS NULL) = (longitude IS NULL)", name="coordinates"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    slug: Mapped[str] = mapped_column(String(80), unique=True)
    name: Mapped[str] = mapped_column(String(120), unique=True)
    street: Mapped[str] = mapped_column(String(120), default="")
    postcode: Mapped[str] = mapped_column(String(10), default="")
    town: Mapped[str] = mapped_column(String(80))
    directions: Mapped[str] = mapped_column(String(2000), default="")
    organisation_id: Mapped[int | None] = mapped_column(ForeignKey("organisation.id"))
    latitude: Mapped[float | None]  # in degrees, WGS 84, as maps and RFC 5545 have them
    longitude: Mapped[float | None]

    organisation: Mapped[Organisation | None] = relationship()
    rooms: Mapped[list[Room]] = relationship(
        back_populates="venue", order_by="Room.name", cascade="all, delete-orphan"
    )

    @property
    def in_town(self) -> str:
        """De Werfzaal, Sliedrecht"""
        return f"{self.name}, {self.town}"

    @property
    def coordinates(self) -> tuple[float, float] | None:
        """Latitude and longitude; None where nobody looked them up."""
        if self.latitude is None or self.longitude is None:
            return None
        return self.latitude, self.longitude

    @property
    def address(self) -> str:
        """One line: street, postcode and town."""
        below = " ".join(part for part in (self.postcode, self.town) if part)
        return ", ".join(part for part in (self.street, below) if part)


def all_venues() -> list[Venue]:
    """Every venue by name, to choose from; one query."""
    return list(db.session.scalars(select(Venue).order_by(Venue.name)))


class Room(Model):
    """A room of a venue; capacity in seats, unknown when None."""

    __tablename__ = "room"
    __table_args__ = (
        UniqueConstraint("venue_id", "name"),
        CheckConstraint("capacity IS NULL OR capacity > 0", name="capacity"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[uuid.UUID] = mapped_column(Uuid, unique=True, default=uuid.uuid4)
    venue_id: Mapped[int] = mapped_column(ForeignKey("venue.id", ondelete="CASCADE"))
    name: Mapped[str] = mapped_column(String(80))
    capacity: Mapped[int | None]

    venue: Mapped[Venue] = relationship(back_populates="rooms")


def venues_of(organisation: Organisation) -> list[Venue]:
    """The buildings that stand in a municipality, or are an organisation's."""
    here = Venue.organisation_id == organisation.id
    return list(db.session.scalars(select(Venue).where(here).order_by(Venue.id)))
