"""World lists of twin towns: read, told apart, matched to parties, and kept as background.

    (Place)-[twinned with]-(Place)      a place may be a party that is known

A list scores opportunities, so that a partner can be proposed whom no agreement names; it never is
an agreement itself.
"""

from graph_loader.background.match import Doubt, Matches, match_places
from graph_loader.background.places import place_id
from graph_loader.background.read import Links, read_links
from graph_loader.background.towns import whereabouts

__all__ = ["Doubt", "Links", "Matches", "match_places", "place_id", "read_links", "whereabouts"]
