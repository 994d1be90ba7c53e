"""The beheerder's side of accounts: roles, sign-in addresses and sessions of others."""

from kwartaal.blueprints.accounts.desk import bp

__all__ = ["bp"]
