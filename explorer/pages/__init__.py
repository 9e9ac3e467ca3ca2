"""The pages: parse, ask, render. No search logic, no SQL, no Cypher."""

from explorer.pages import (
    about,
    choose,
    connect,
    country,
    data,
    download,
    gaps,
    glossary,
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
    problem_list,
    register,
    search,
    statistics,
    timeline,
    topic,
    worth,
)

# register.bp is the room of one agreement's page too, choose.bp of one region's opportunities.
ALL = (
    home.bp, search.bp, network.bp, network_file.bp, map.bp, statistics.bp,
    party.bp, timeline.bp, country.bp, register.bp, connect.bp,
    choose.bp, gaps.bp, needs.bp, topic.bp, data.bp, problem_list.bp, download.bp, picture_file.bp,
    meeting.bp, note.bp, about.bp, glossary.bp, worth.bp, patterns.bp,
)  # fmt: skip
