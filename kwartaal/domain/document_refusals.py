"""Every "no" about a document; what is wrong with a file is said in kwartaal.uploads."""

from __future__ import annotations

from kwartaal.domain.refusals import N_, Refused


class TwoOwners(Refused):
    message = N_("Kies een organisatie of vul een naam in, niet allebei.")
    field = "owner_name"


class DocumentWasPublished(Refused):
    message = N_("‘%(title)s’ stond al online. Trek het stuk in. Verwijderen kan niet meer.")


class AlreadyWithdrawn(Refused):
    message = N_("‘%(title)s’ is al ingetrokken.")


class WithdrawnIsFixed(Refused):
    message = N_("Dit stuk is ingetrokken. Zet het eerst terug.")
