"""The days of the kwartaalbijeenkomsten as data: what happens when, with the texts."""
