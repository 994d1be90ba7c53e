"""Agenda, programme and year list as PDF."""

from kwartaal.blueprints.printing.routes import bp

__all__ = ["bp"]
