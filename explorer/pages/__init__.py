"""The pages: parse, ask, render. No search logic, no SQL, no Cypher."""

from explorer.pages import (
    about,
    agreement,
    choose,
    connect,
    country,
    data,
    download,
    gaps,
    home,
    map,
    meeting,
    needs,
    network,
    network_file,
    note,
    party,
    patterns,
    picture_file,
    search,
    statistics,
    timeline,
    topic,
    worth,
)

# choose.bp holds the page of one region's opportunities too.
ALL = (
    home.bp, search.bp, network.bp, network_file.bp, map.bp, statistics.bp,
    party.bp, timeline.bp, country.bp, agreement.bp, connect.bp,
    choose.bp, gaps.bp, needs.bp, topic.bp, data.bp, download.bp, picture_file.bp,
    meeting.bp, note.bp, about.bp, worth.bp, patterns.bp,
)  # fmt: skip
