"""The pages: parse, ask, render. No search logic, no SQL, no Cypher."""

from explorer.pages import (
    about,
    agreement,
    connect,
    country,
    data,
    home,
    needs,
    network,
    opportunities,
    party,
    patterns,
    search,
    topic,
)

ALL = (
    home.bp, search.bp, network.bp, party.bp, country.bp, agreement.bp, connect.bp,
    opportunities.bp, needs.bp, topic.bp, data.bp, about.bp, patterns.bp,
)  # fmt: skip
