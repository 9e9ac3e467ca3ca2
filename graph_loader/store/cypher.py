"""Every Cypher statement of the Neo4j store, each under its picture. No logic.

(:Party:Region:Regency)-[:PART_OF]->(:Party:Region:Province)-[:PART_OF]->(:Party:Country)
(:Party)-[:SIGNED {position, role}]->(:Agreement)-[:ADDRESSES {words}]->(:Topic:Target)
(:Agreement)-[:AMENDS|IMPLEMENTS|RENEWS]->(:Agreement | :Mentioned)
(:Party)-[:BORDERS {kind, shared_km}]->(:Party)    (:Party)-[:NEEDS|OFFERS {…}]->(:Commodity)
(:Load)-[:READ]->(:Source)-[:STATES {load, row, hash, body}]->(:Agreement | :Party | :Topic | …)

A list that holds values of a property has `$rows`: one row for each thing, its fields in order.
"""

from __future__ import annotations

from typing import Final

SCHEMA_VERSION: Final = 2
UPGRADED: Final = frozenset({1})  # which lack a constraint alone
TEXT_INDEX: Final = "agreement_text"

# (:Store) says what this database is; whoever loads holds the lock of (:Turn)
_WITH_ID: Final = (
    "Store", "Turn", "Source", "Load", "Party", "Agreement", "Mentioned", "Topic", "Commodity",
    "Place", "TwinTowns",
)  # fmt: skip
CONSTRAINTS: Final = (
    *(f"CREATE CONSTRAINT {label.lower()}_id IF NOT EXISTS FOR (n:{label}) REQUIRE n.id IS UNIQUE"
      for label in _WITH_ID),
    "CREATE CONSTRAINT alias_key IF NOT EXISTS FOR (n:Alias) REQUIRE (n.id, n.kind) IS UNIQUE",
    "CREATE CONSTRAINT problem_key IF NOT EXISTS FOR (n:Problem) REQUIRE (n.load, n.n) IS UNIQUE",
)  # fmt: skip
INDEXES: Final = (
    "CREATE INDEX party_country IF NOT EXISTS FOR (n:Party) ON (n.country)",
    "CREATE INDEX party_part_of IF NOT EXISTS FOR (n:Party) ON (n.part_of)",
    "CREATE INDEX agreement_signed IF NOT EXISTS FOR (n:Agreement) ON (n.signed_first)",
    "CREATE INDEX agreement_ends IF NOT EXISTS FOR (n:Agreement) ON (n.ends_last)",
    "CREATE INDEX states_subject IF NOT EXISTS FOR ()-[st:STATES]-() ON (st.subject)",
    "CREATE INDEX needs_id IF NOT EXISTS FOR ()-[f:NEEDS]-() ON (f.id)",
    "CREATE INDEX offers_id IF NOT EXISTS FOR ()-[f:OFFERS]-() ON (f.id)",
    # the text is folded already, so that words are what stands between spaces
    f"CREATE FULLTEXT INDEX {TEXT_INDEX} IF NOT EXISTS FOR (n:Agreement) ON EACH [n.text]"
    " OPTIONS {indexConfig: {`fulltext.analyzer`: 'whitespace'}}",
)
AWAIT_INDEXES: Final = "CALL db.awaitIndexes(300)"

# (:Store)-[:LOADING]->(:Load) ---------------------------------------------------------------

IDENTITY: Final = """
OPTIONAL MATCH (store:Store {id: 'simpul'})
RETURN store.uuid, store.schema, CASE WHEN store IS NULL THEN EXISTS { (n) } ELSE false END"""
CREATE_STORE: Final = """
MERGE (store:Store {id: 'simpul'})
ON CREATE SET store.uuid = randomUUID(), store.version = 0
SET store.schema = $schema
MERGE (:Turn {id: 'simpul'})"""
# a content that was written before there were stamps has one that follows from its version
STATE: Final = """
MATCH (store:Store {id: 'simpul'})
OPTIONAL MATCH (store)-[:LOADING]->(load:Load)
RETURN store.version, CASE store.version WHEN 0 THEN ''
        ELSE coalesce(store.stamp, store.uuid + '-' + store.version) END,
    load.id, load.source, load.file, load.started, load.done, load.total,
    load.step"""
TAKE_TURN: Final = "MATCH (turn:Turn {id: 'simpul'}) SET turn.taken = datetime()"
SET_VERSION: Final = """
MATCH (store:Store {id: 'simpul'}) SET store.version = $version, store.stamp = randomUUID()"""

# (:Party) -----------------------------------------------------------------------------------

_PARTY_FIELDS: Final = (
    "id", "name_id", "name_en", "level", "country", "part_of", "kind", "lat", "lon", "aliases",
)  # fmt: skip
_PARTY: Final = f"[{', '.join(f'p.{name}' for name in _PARTY_FIELDS)}]"
_FOUND: Final = f"[{', '.join(f'x[0].{name}' for name in _PARTY_FIELDS)}]"
PARTY: Final = f"MATCH (p:Party {{id: $id}}) RETURN {_PARTY}"
PARTIES: Final = f"UNWIND $ids AS id MATCH (p:Party {{id: id}}) RETURN {_PARTY}"
PARTY_NAMES: Final = "MATCH (p:Party) RETURN p.id, p.level, p.text"
ALIAS: Final = "MATCH (alias:Alias {id: $id, kind: $kind}) RETURN alias.target"

# (:Party)-[:SIGNED]->(:Agreement)-[:ADDRESSES]->(:Topic) --------------------------------------

_AGREEMENT: Final = """
a.id, a.instrument, a.title, a.signed_first, a.signed_last, a.ends_first, a.ends_last,
a.stated_status, a.topic_text, a.outcome, a.note, a.page, a.last_stated, a.categories,
[(p:Party)-[s:SIGNED]->(a) | [s.position, p.id, s.role]],
[(a)-[d:ADDRESSES]->(t:Topic) | [t.id, d.words]],
[(a)-[r:AMENDS|IMPLEMENTS|RENEWS]->(o) | [r.position, type(r), o.id]]"""
AGREEMENT: Final = f"MATCH (a:Agreement {{id: $id}}) RETURN {_AGREEMENT}"
AGREEMENTS: Final = f"UNWIND $ids AS id MATCH (a:Agreement {{id: id}}) RETURN {_AGREEMENT}"
CLAIMS_OF: Final = """
MATCH (s:Source)-[st:STATES]->(:Agreement {id: $id}) RETURN s.id, st.load, st.body"""
# whatever may hold two claims: said by two sources, or in one statement that begins anew
CONTESTED: Final = r"""
MATCH (a:Agreement)<-[st:STATES]-(s:Source)
WHERE COUNT { (a)<-[:STATES]-(:Source) } > 1 OR st.body =~ '(?s).*\],\[[0-9].*'
RETURN a.id AS id, s.id, st.load, st.body ORDER BY id"""
LACKS: Final = """
MATCH (s:Source)-[:STATES]->(a:Agreement)
RETURN s.id AS id, count(a), count(a) - count(a.signed_first), count(a) - count(a.ends_last),
    sum(CASE WHEN EXISTS { (a)-[:ADDRESSES]->(:Topic) } THEN 0 ELSE 1 END),
    count(a) - count(a.page)
ORDER BY id"""
REFERRED_BY: Final = """
MATCH (:Agreement {id: $id})<-[r:AMENDS|IMPLEMENTS|RENEWS]-(a:Agreement)
RETURN toLower(type(r)) AS kind, a.id AS id ORDER BY id, kind"""

# status on $day, as graph_loader.status.status_on tells it; an unknown date compares as nothing
STATUS: Final = """CASE
    WHEN a.instrument IN ['loi', 'joint_statement', 'misi_dagang', 'berita_acara', 'other']
        OR a.stated_status = 'exploration' THEN 'exploration'
    WHEN a.stated_status = 'ended' THEN 'ended'
    WHEN a.signed_first > $day THEN 'exploration'
    WHEN a.signed_last > $day THEN 'unknown'
    WHEN a.ends_last >= $day THEN 'active'
    WHEN a.ends_last IS NOT NULL OR a.stated_status = 'lapsed' THEN 'lapsed'
    ELSE 'open' END"""

# where a search for agreements begins: by the first field of these that is asked for
BEGIN: Final = {
    "text": f"CALL db.index.fulltext.queryNodes('{TEXT_INDEX}', $lucene) YIELD node AS a",
    "party": "MATCH (:Party {id: $party})-[:SIGNED]->(a:Agreement)",
    "partner": "MATCH (:Party {id: $partner})-[:SIGNED]->(a:Agreement)",
    "": "MATCH (a:Agreement)",
}
# conditions of an agreement filter, by the name of the field that asks for them; those that are
# not asked for are left out, because planning all of them takes the server a second
WHERE: Final = {
    "party": "EXISTS { (:Party {id: $party})-[:SIGNED]->(a) }",
    "partner": "EXISTS { (:Party {id: $partner})-[:SIGNED]->(a) }",
    "country": "EXISTS { (p:Party)-[:SIGNED]->(a) WHERE p.country = $country }",
    "category": "$category IN a.categories",
    "instrument": "a.instrument = $instrument",
    "status": f"{STATUS} IN $status",
    "goal": "EXISTS { (a)-[:ADDRESSES]->(t:Topic) WHERE split(t.id, '.')[0] = $goal }",
    "target": "EXISTS { (a)-[:ADDRESSES]->(:Topic {id: $target}) }",
    "text": "all(word IN $text WHERE a.text CONTAINS word)",
    "year_from": "a.signed_first.year >= $year_from",
    "year_to": "a.signed_first.year <= $year_to",
    "source": "EXISTS { (:Source {id: $source})-[:STATES]->(a) }",
    "ends_from": "a.ends_last >= $ends_from",
    "ends_to": "a.ends_last <= $ends_to",
    # one case for each, because four conditions joined by "or" took five times as long to plan
    "lacking": """any(lack IN $lacking WHERE CASE lack
    WHEN 'signed' THEN a.signed_first IS NULL
    WHEN 'ends' THEN a.ends_last IS NULL
    WHEN 'source' THEN a.page IS NULL
    ELSE COUNT { (a)-[:ADDRESSES]->() } = 0 END)""",
    "among": "a.id IN $among",
}
ORDER: Final = {
    "newest": "a.signed_first IS NULL, a.signed_first DESC, a.id",
    "oldest": "a.signed_first, a.id",
    "title": "a.sort_key, a.id",
    "ends": "a.ends_last, a.id",
}
COUNT: Final = "{begin} WHERE {where} RETURN count(*)"
# ids alone, because each filter is planned anew, and all that is shown of an agreement takes
# longer to plan than any filter: AGREEMENTS is planned once
PAGE: Final = """
{begin} WHERE {where} WITH a ORDER BY {order} SKIP $offset LIMIT $limit
WITH collect(a.id) AS ids RETURN ids, COUNT {{ {begin} WHERE {where} RETURN a }}"""
# how many agreements are alike in all that is counted
ALIKE: Final = f"""
{{begin}} WHERE {{where}}
RETURN {STATUS} AS status, a.categories AS categories, a.instrument AS instrument,
    [(a)-[:ADDRESSES]->(t:Topic) | t.id] AS topics,
    [(p:Party)-[:SIGNED]->(a) | p.country] AS countries, count(*)"""

# (:Party)-[:SIGNED]->(:Agreement)<-[:SIGNED]-(:Party)
NEIGHBOURS: Final = f"""
MATCH (me:Party {{id: $id}})-[:SIGNED]->(a:Agreement)
WITH me, a, CASE WHEN {STATUS} IN ['active', 'open'] THEN 1 ELSE 0 END AS in_force
MATCH (a)<-[:SIGNED]-(p:Party) WHERE p <> me
WITH p, count(*) AS agreements, sum(in_force) AS in_force
ORDER BY in_force DESC, agreements DESC, p.sort_key, p.id
WITH collect([p, agreements, in_force]) AS found
RETURN size(found), [x IN found[$limit..] | x[0].level],
    [x IN found[..$limit] | [{_FOUND}, x[1], x[2]]]"""
BORDERS: Final = """
MATCH (:Party {id: $id})-[b:BORDERS]-(p:Party) RETURN b.body ORDER BY p.sort_key, p.id"""
FLOWS: Final = """
MATCH (p:Party)-[f:NEEDS|OFFERS]->(c:Commodity)
WHERE ($party = '' OR p.id = $party) AND ($commodity = '' OR c.id = $commodity)
    AND ($type = '' OR type(f) = $type)
RETURN f.body ORDER BY c.id, p.sort_key, coalesce(f.year, '') DESC, f.id"""
TOPICS: Final = "MATCH (t:Topic) WHERE t.body IS NOT NULL RETURN t.body ORDER BY t.id"
COMMODITIES: Final = "MATCH (c:Commodity) WHERE c.body IS NOT NULL RETURN c.body ORDER BY c.id"

# (:Load)-[:READ]->(:Source)    (:Load)-[:FOUND]->(:Problem)    (:Load)-[:DID]->(:Changes) -----

SOURCES: Final = "MATCH (s:Source) RETURN s.id, s.name, s.licence, s.page ORDER BY s.id"
_LOAD: Final = """load.id, load.source, load.file, load.started, load.finished, load.version,
    load.complete, load.rows, load.accepted, load.added, load.changed, load.unchanged,
    load.retired, load.problems"""
COUNT_LOADS: Final = "MATCH (load:Load) WHERE load.finished IS NOT NULL RETURN count(*)"
LOADS: Final = f"""
MATCH (load:Load) WHERE load.finished IS NOT NULL
RETURN {_LOAD} ORDER BY load.id DESC SKIP $offset LIMIT $limit"""
ALL_LOADS: Final = f"""
MATCH (load:Load) WHERE load.finished IS NOT NULL RETURN {_LOAD} ORDER BY load.id"""
_PROBLEM: Final = """problem.code, problem.severity, problem.file, problem.sheet, problem.row,
    problem.column, problem.value, problem.params"""
# no row where there is no such load
COUNT_PROBLEMS: Final = """
MATCH (load:Load {id: $load}) WHERE load.finished IS NOT NULL
RETURN COUNT { (load)-[:FOUND]->(:Problem) }"""
PROBLEMS: Final = f"""
MATCH (problem:Problem {{load: $load}}) RETURN {_PROBLEM}
ORDER BY problem.n SKIP $offset LIMIT $limit"""
ALL_PROBLEMS: Final = f"""
MATCH (problem:Problem) RETURN problem.load, {_PROBLEM} ORDER BY problem.load, problem.n"""
COUNT_CHANGES: Final = """
MATCH (load:Load {id: $load}) WHERE load.finished IS NOT NULL
RETURN reduce(n = 0, one IN [(load)-[:DID]->(done:Changes) | size(done.agreements)] | n + one)"""
CHANGES: Final = """
MATCH (:Load {id: $load})-[:DID]->(done:Changes) UNWIND done.agreements AS agreement
RETURN agreement, done.what ORDER BY agreement SKIP $offset LIMIT $limit"""
ALL_CHANGES: Final = """
MATCH (load:Load)-[:DID]->(done:Changes) UNWIND done.agreements AS agreement
RETURN load.id AS load, agreement, done.what ORDER BY load, agreement"""

# for the index and for a copy -------------------------------------------------------------------

# the next ones by their index, so that nothing is sorted but what is returned
_SOME: Final = "MATCH (a:Agreement) WHERE a.id > $after WITH a ORDER BY a.id LIMIT $limit"
_EACH: Final = f"{_SOME} WITH collect(a) AS some RETURN last(some).id, COLLECT {{ UNWIND some AS a"
SCAN_PARTIES: Final = f"""
MATCH (p:Party) WHERE p.id > $after WITH p ORDER BY p.id LIMIT $limit
RETURN max(p.id), collect({_PARTY})"""
# days as text, which a driver unpacks sooner than dates
SCAN_AGREEMENTS: Final = f"""
{_SOME} RETURN max(a.id), collect([a.id, a.instrument, a.stated_status,
    toString(a.signed_first), toString(a.signed_last), toString(a.ends_last),
    CASE WHEN a.page IS NULL THEN 0 ELSE 1 END])"""
SCAN_SIGNED: Final = f"""
{_EACH} MATCH (a)<-[s:SIGNED]-(p) RETURN [a.id, p.id] ORDER BY a.id, s.position }}"""
SCAN_ADDRESSES: Final = f"""
{_EACH} MATCH (a)-[:ADDRESSES]->(t) RETURN [a.id, t.id] ORDER BY a.id, t.id }}"""
SCAN_BORDERS: Final = "MATCH (a:Party)-[b:BORDERS]->(o:Party) RETURN b.body ORDER BY a.id, o.id"
SCAN_FLOWS: Final = "MATCH (:Party)-[f:NEEDS|OFFERS]->() RETURN f.body ORDER BY f.id"
SCAN_PLACES: Final = """
MATCH (p:Place) WHERE p.id > $after WITH p ORDER BY p.id LIMIT $limit
RETURN max(p.id), collect([p.id, p.name, p.country, p.lat, p.lon])"""
SCAN_BACKGROUND: Final = "MATCH (t:TwinTowns) RETURN t.a, t.b ORDER BY t.a, t.b"
SCAN_ALIASES: Final = """
MATCH (alias:Alias) RETURN alias.id, alias.kind, alias.target ORDER BY alias.id, alias.kind"""
# what is said of an agreement has no kind: there are a hundred thousand of them
SCAN_CLAIMS: Final = f"""
{_EACH} MATCH (a)<-[st:STATES]-(s)
RETURN ['agreement', a.id, s.id, st.load, st.body] ORDER BY a.id, s.id }}"""
SCAN_STATEMENTS: Final = """
MATCH (s:Source)-[st:STATES]->() WHERE st.kind IS NOT NULL
RETURN st.kind AS kind, st.subject AS subject, s.id AS source, st.load, st.body
ORDER BY kind, subject, source"""

# writing: (:Load)-[:READ]->(:Source) ------------------------------------------------------------

MERGE_SOURCE: Final = """
MERGE (s:Source {id: $id}) SET s.name = $name, s.licence = $licence, s.page = $page"""
NEXT_LOAD: Final = "MATCH (load:Load) RETURN coalesce(max(load.id), 0) + 1"
UNFINISHED_COUNTS: Final = """
MATCH (:Store {id: 'simpul'})-[:LOADING]->(load:Load)
RETURN load.added, load.changed, load.retired, load.stated, load.touched"""
BEGIN_LOAD: Final = """
MATCH (store:Store {id: 'simpul'})
MERGE (load:Load {id: $load})
ON CREATE SET load.step = 0, load.started = $started, load.touched = false,
    load.added = 0, load.changed = 0, load.retired = 0, load.stated = 0
SET load.source = $source, load.file = $file, load.done = $done, load.total = $total
MERGE (store)-[:LOADING]->(load)"""
STEP_LOAD: Final = """
MATCH (load:Load {id: $load})
SET load.step = load.step + 1, load.done = $done, load.touched = load.touched OR $touched,
    load.added = $added, load.changed = $changed, load.retired = $retired, load.stated = $stated"""
FINISH_LOAD: Final = """
MERGE (load:Load {id: $row.id}) SET load = $row
WITH load MATCH (s:Source {id: load.source}) MERGE (load)-[:READ]->(s)
WITH load OPTIONAL MATCH (:Store)-[going:LOADING]->(load) DELETE going"""
RECORD_LOADS: Final = """
UNWIND $rows AS row MATCH (s:Source {id: row.source})
CREATE (load:Load) SET load = row CREATE (load)-[:READ]->(s)"""
RECORD_PROBLEMS: Final = """
UNWIND $rows AS row MATCH (load:Load {id: row.load})
CREATE (problem:Problem) SET problem = row CREATE (load)-[:FOUND]->(problem)"""
RECORD_CHANGES: Final = """
UNWIND $rows AS row MERGE (load:Load {id: row[0]})
CREATE (load)-[:DID]->(:Changes {what: row[1], agreements: row[2]})"""
MERGE_ALIASES: Final = """
UNWIND $rows AS row MERGE (alias:Alias {id: row[0], kind: row[1]}) SET alias.target = row[2]"""
# a copy goes into a store where nothing is, or where one was broken off
IS_EMPTY: Final = """
RETURN NOT EXISTS { (n) WHERE n:Source OR n:Load OR n:Party OR n:Alias }
    OR EXISTS { (:Store)-[:LOADING]->(:Load {id: 0}) }"""
EMPTY: Final = """
MATCH (n) WHERE NOT (n:Store OR n:Turn OR n:Load AND n.id = 0)
WITH n LIMIT $limit DETACH DELETE n RETURN count(*)"""
END_COPY: Final = "MATCH (load:Load {id: 0}) DETACH DELETE load"

# writing: (:Source)-[:STATES {load, hash, body}]->() ----------------------------------------------

STATED: Final = """
MATCH (:Source {id: $source})-[st:STATES]->(n)
RETURN coalesce(st.kind, 'agreement'), coalesce(st.subject, n.id), st.hash"""
# By the index: a plan that is made before the server has sampled it, and kept, would look at every
# statement for every id, which was half the time of a first load.
_OF_SUBJECT: Final = "MATCH (s:Source)-[st:STATES]->() USING INDEX SEEK st:STATES(subject)"
STATED_OF: Final = f"""
UNWIND $ids AS id {_OF_SUBJECT} WHERE st.subject = id AND st.kind = $kind
RETURN id, s.id, st.load, st.body"""
UNSTATE: Final = f"""
UNWIND $rows AS id {_OF_SUBJECT}
WHERE st.subject = id AND st.kind = $kind AND s.id = $source DELETE st"""
# about which point of the graph a statement of each kind is
_ABOUT: Final = {
    "topic": "Topic", "commodity": "Commodity", "party": "Party", "place": "Place",
    "background": "TwinTowns", "border": "Party", "flow": "Party",
}  # fmt: skip
STATE_OF: Final = {
    kind: f"""
UNWIND $rows AS row MATCH (s:Source {{id: row[0]}}), (n:{label} {{id: row[1]}})
CREATE (s)-[st:STATES {{kind: '{kind}', subject: row[2]}}]->(n)
SET st.load = row[3], st.hash = row[4], st.body = row[5]"""
    for kind, label in _ABOUT.items()
}
UNSTATE_AGREEMENTS: Final = """
UNWIND $rows AS id MATCH (:Agreement {id: id})<-[st:STATES]-(:Source {id: $source}) DELETE st"""
STATE_AGREEMENTS: Final = """
UNWIND $rows AS row MATCH (s:Source {id: row[0]}), (a:Agreement {id: row[1]})
CREATE (s)-[:STATES {load: row[2], row: row[3], hash: row[4], body: row[5]}]->(a)"""

# writing: what is shown ---------------------------------------------------------------------------

SHOW_GOALS: Final = "UNWIND $rows AS row MERGE (t:Topic {id: row.id}) SET t = row, t:Goal"
SHOW_TARGETS: Final = """
UNWIND $rows AS row MERGE (t:Topic {id: row.id}) SET t = row, t:Target
MERGE (goal:Topic {id: row.goal}) MERGE (t)-[:PART_OF]->(goal)"""
SHOW_COMMODITIES: Final = "UNWIND $rows AS row MERGE (c:Commodity {id: row.id}) SET c = row"
SHOW_PLACES: Final = "UNWIND $rows AS row MERGE (p:Place {id: row.id}) SET p = row"
SHOW_TWIN_TOWNS: Final = """
UNWIND $rows AS row MERGE (t:TwinTowns {id: row[0]}) SET t.a = row[1], t.b = row[2]"""
SHOW_BORDERS: Final = """
UNWIND $rows AS row MATCH (a:Party {id: row[0]}), (b:Party {id: row[1]})
MERGE (a)-[border:BORDERS]->(b) SET border = row[2]"""
SHOW_FLOWS: Final = {
    type: f"""
UNWIND $rows AS row MATCH (p:Party {{id: row[0]}}) MERGE (c:Commodity {{id: row[1]}})
CREATE (p)-[flow:{type}]->(c) SET flow = row[2]"""
    for type in ("NEEDS", "OFFERS")
}
HIDE_FLOWS: Final = tuple(
    f"UNWIND $rows AS id MATCH ()-[flow:{type} {{id: id}}]->() DELETE flow"
    for type in ("NEEDS", "OFFERS")
)
HIDE: Final = {
    # a topic or a commodity that something refers to stays, without a name
    "topic": (
        "UNWIND $rows AS id MATCH (t:Topic {id: id}) SET t = {id: id} REMOVE t:Goal:Target",
        "UNWIND $rows AS id MATCH (t:Topic {id: id}) WHERE NOT EXISTS { (t)<--() } DETACH DELETE t",
    ),
    "commodity": (
        "UNWIND $rows AS id MATCH (c:Commodity {id: id}) SET c = {id: id}",
        "UNWIND $rows AS id MATCH (c:Commodity {id: id}) WHERE NOT EXISTS { (c)<--() } DELETE c",
    ),
    "border": (
        "UNWIND $rows AS id WITH split(id, '|') AS ends"
        " MATCH (:Party {id: ends[0]})-[b:BORDERS]->(:Party {id: ends[1]}) DELETE b",
    ),
    "flow": HIDE_FLOWS,
    "place": ("UNWIND $rows AS id MATCH (p:Place {id: id}) DETACH DELETE p",),
    "background": ("UNWIND $rows AS id MATCH (t:TwinTowns {id: id}) DETACH DELETE t",),
}


def show_parties(labels: str) -> str:
    """Parties of one level; `labels` are of the closed list in `neo4j_rows.LABELS`."""
    return f"""
UNWIND $rows AS row MERGE (p:Party {{id: row.id}})
REMOVE p:Region:Province:Regency:ForeignPartner:ThirdParty:CentralAgency:Country
SET p = row, p:{labels}"""


UNLINK_PARTIES: Final = "UNWIND $rows AS id MATCH (:Party {id: id})-[up:PART_OF]->() DELETE up"
LINK_PARTIES: Final = (
    """
UNWIND $rows AS id MATCH (p:Party {id: id})
MATCH (whole:Party {id: coalesce(p.part_of, p.country)}) WHERE whole <> p
MERGE (p)-[:PART_OF]->(whole)""",
    """
UNWIND $rows AS id MATCH (whole:Party {id: id}) MATCH (p:Party {part_of: id}) WHERE whole <> p
MERGE (p)-[:PART_OF]->(whole)""",
    """
UNWIND $rows AS id MATCH (whole:Party {id: id}) WHERE whole:Country
MATCH (p:Party {country: id}) WHERE p.part_of IS NULL AND whole <> p
MERGE (p)-[:PART_OF]->(whole)""",
)
DROP_UNUSED_PARTIES: Final = """
MATCH (p:Party)
WHERE NOT EXISTS { (p)<-[:STATES {kind: 'party'}]-() } AND NOT EXISTS { (p)-[:SIGNED]->() }
    AND NOT EXISTS { (p)-[:BORDERS]-() } AND NOT EXISTS { (p)-[:NEEDS|OFFERS]->() }
DETACH DELETE p"""
SIGNED_BY: Final = """
UNWIND $ids AS id MATCH (:Party {id: id})-[:SIGNED]->(a:Agreement) RETURN DISTINCT a.id"""

CLAIMS: Final = """
UNWIND $ids AS id MATCH (a:Agreement {id: id}) OPTIONAL MATCH (a)<-[st:STATES]-(s:Source)
RETURN id, s.id, st.load, st.body"""
# by all that are mentioned, because mostly nothing is
REVIVE: Final = """
MATCH (m:Mentioned) USING SCAN m:Mentioned WHERE m.id IN $rows
SET m:Agreement REMOVE m:Mentioned"""
# of an agreement that is there already: who signed, its topics and what it refers to
CLEAR: Final = """
UNWIND $rows AS id MATCH (a:Agreement {id: id})-[r]-()
WHERE r:SIGNED OR startNode(r) = a DELETE r"""
# one that is gone but referred to stays as mentioned
DELETE_AGREEMENTS: Final = (
    """
UNWIND $rows AS id MATCH (a:Agreement {id: id}) WHERE EXISTS { (a)<-[:AMENDS|IMPLEMENTS|RENEWS]-() }
SET a = {id: id}, a:Mentioned REMOVE a:Agreement""",
    "UNWIND $rows AS id MATCH (a:Agreement {id: id}) DETACH DELETE a",
)
SHOW_AGREEMENTS: Final = "UNWIND $rows AS row MERGE (a:Agreement {id: row.id}) SET a = row"
SHOW_SIGNED: Final = """
UNWIND $rows AS row MATCH (a:Agreement {id: row[0]}), (p:Party {id: row[1]})
CREATE (p)-[:SIGNED {position: row[2], role: row[3]}]->(a)"""
SHOW_ADDRESSES: Final = """
UNWIND $rows AS row MATCH (a:Agreement {id: row[0]}) MERGE (t:Topic {id: row[1]})
CREATE (a)-[:ADDRESSES {words: row[2]}]->(t)"""
MENTION: Final = """
UNWIND $rows AS id WITH id WHERE NOT EXISTS { (:Agreement {id: id}) } MERGE (:Mentioned {id: id})"""
SHOW_RELATIONS: Final = {
    kind: f"""
UNWIND $rows AS row MATCH (a:Agreement {{id: row[0]}})
OPTIONAL MATCH (there:Agreement {{id: row[1]}}) OPTIONAL MATCH (m:Mentioned {{id: row[1]}})
WITH a, row, coalesce(there, m) AS other
CREATE (a)-[:{kind.upper()} {{position: row[2]}}]->(other)"""
    for kind in ("amends", "implements", "renews")
}
# what nobody states is there because something refers to it, and goes with the last that does
FORGET: Final = tuple(
    f"MATCH (n:{label}) WHERE {unstated} NOT EXISTS {{ (n)--() }} DELETE n"
    for label, unstated in (
        ("Mentioned", ""),
        ("Topic", "n.body IS NULL AND"),
        ("Commodity", "n.body IS NULL AND"),
    )
)
