"""One dataclass per page: every name that its template may use; by room."""

from explorer.contexts.agreements import (
    AgreementContext,
    ClaimCard,
    DataContext,
    LoadCard,
    RegisterContext,
)
from explorer.contexts.cards import (
    LawCard,
    OpportunityCard,
    PathCard,
    PathHop,
    ReasonCard,
    RowCard,
    StepCard,
    UnusedCard,
)
from explorer.contexts.connect import Chip, ConnectContext, OtherwiseCard, UnclearName
from explorer.contexts.gaps import GapCell, GapHead, GapRow, GapsContext
from explorer.contexts.home import Brief, Count, HomeContext
from explorer.contexts.map import MapChoice, MapClass, MapContext, MapRow, RegionRow
from explorer.contexts.meeting import MeetingChoiceContext, MeetingContext, MeetingOpportunity
from explorer.contexts.needs import FlowList, MeetingRow, NeedGroup, NeedsContext
from explorer.contexts.network import (
    BrokerRow,
    CommunityRow,
    NetworkContext,
    NetworkRow,
    StatisticsContext,
)
from explorer.contexts.opportunities import (
    ChooseContext,
    ChooseRegion,
    OpportunitiesContext,
    OpportunityList,
    OverlookedCard,
    OverlookedSection,
)
from explorer.contexts.parties import (
    CountryContext,
    NeighbourRow,
    PartnerRow,
    PartyContext,
    PlaceContext,
    TopicContext,
)
from explorer.contexts.profile import (
    BriefOpportunity,
    EgoPart,
    FlawRow,
    GoalRow,
    ProfilePart,
    Steps,
    Tile,
    TimelinePart,
)
from explorer.contexts.shell import (
    AboutContext,
    Notices,
    ProblemContext,
    SearchContext,
)
from explorer.contexts.timeline import TimelineContext
from explorer.contexts.worth import LiftRow, WorthContext, WorthPart, WorthRow

__all__ = [
    "AboutContext",
    "AgreementContext",
    "Brief",
    "BriefOpportunity",
    "BrokerRow",
    "Chip",
    "ChooseContext",
    "ChooseRegion",
    "ClaimCard",
    "CommunityRow",
    "ConnectContext",
    "Count",
    "CountryContext",
    "DataContext",
    "EgoPart",
    "FlawRow",
    "FlowList",
    "GapCell",
    "GapHead",
    "GapRow",
    "GapsContext",
    "GoalRow",
    "HomeContext",
    "LawCard",
    "LiftRow",
    "LoadCard",
    "MapChoice",
    "MapClass",
    "MapContext",
    "MapRow",
    "MeetingChoiceContext",
    "MeetingContext",
    "MeetingOpportunity",
    "MeetingRow",
    "NeedGroup",
    "NeedsContext",
    "NeighbourRow",
    "NetworkContext",
    "NetworkRow",
    "Notices",
    "OpportunitiesContext",
    "OpportunityCard",
    "OpportunityList",
    "OtherwiseCard",
    "OverlookedCard",
    "OverlookedSection",
    "PartnerRow",
    "PartyContext",
    "PathCard",
    "PathHop",
    "PlaceContext",
    "ProblemContext",
    "ProfilePart",
    "ReasonCard",
    "RegionRow",
    "RegisterContext",
    "RowCard",
    "SearchContext",
    "StatisticsContext",
    "StepCard",
    "Steps",
    "Tile",
    "TimelineContext",
    "TimelinePart",
    "TopicContext",
    "UnclearName",
    "UnusedCard",
    "WorthContext",
    "WorthPart",
    "WorthRow",
]
