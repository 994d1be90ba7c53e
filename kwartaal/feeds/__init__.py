"""Meetings, programme items and registrations in people's calendars.

Texts and times come from a publication, openness from now. Who may see which meeting is decided by
kwartaal.models.visibility. The words are not translated: a feed has one text for everyone who
fetches it (decision 0010).
"""

from kwartaal.feeds.personal import closed_to, invitation, moved_to_feed

__all__ = ["closed_to", "invitation", "moved_to_feed"]
