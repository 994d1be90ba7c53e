"""Attendance at the desk: who is expected, who is there, who waits, and the list as a file."""

from kwartaal.blueprints.attendance import (
    downloads,
    exporting,
    figures,
    making,
    marking,
    papers,
    quarters,
    waiting,
    walk_ins,
)
from kwartaal.blueprints.attendance.desk import bp

__all__ = [
    "bp",
    "downloads",
    "exporting",
    "figures",
    "making",
    "marking",
    "papers",
    "quarters",
    "waiting",
    "walk_ins",
]
