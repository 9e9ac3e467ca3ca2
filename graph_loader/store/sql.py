"""Every SQL statement of the embedded store. No logic.

statement: (Source)-[STATES {load, body}]->(Agreement | Party | Border | Flow | Topic | …)
all other tables hold what is shown, worked out from the statements
"""

SCHEMA_VERSION = 2
APPLICATION_ID = 0x53494D50  # "SIMP"

SCHEMA = """
CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;

CREATE TABLE source (id TEXT PRIMARY KEY, name TEXT, licence TEXT, page TEXT) WITHOUT ROWID;

CREATE TABLE load (
    id INTEGER PRIMARY KEY, source TEXT NOT NULL REFERENCES source, file TEXT,
    started TEXT, finished TEXT, version INTEGER, complete INTEGER, rows INTEGER,
    accepted INTEGER, added INTEGER, changed INTEGER, unchanged INTEGER, retired INTEGER,
    problems INTEGER
);
CREATE TABLE problem (
    load INTEGER NOT NULL REFERENCES load, n INTEGER NOT NULL, code TEXT, severity TEXT, file TEXT,
    sheet TEXT, row INTEGER, "column" TEXT, value TEXT, params TEXT, PRIMARY KEY (load, n)
) WITHOUT ROWID;
CREATE TABLE change (
    load INTEGER NOT NULL REFERENCES load, agreement TEXT NOT NULL, what TEXT NOT NULL,
    PRIMARY KEY (load, agreement)
) WITHOUT ROWID;

CREATE TABLE statement (
    kind TEXT NOT NULL, subject TEXT NOT NULL, source TEXT NOT NULL REFERENCES source,
    load INTEGER NOT NULL, hash BLOB NOT NULL, body TEXT NOT NULL,
    PRIMARY KEY (kind, subject, source)
) WITHOUT ROWID;
CREATE INDEX statement_source ON statement (source, kind, subject, hash);

CREATE TABLE party (
    id TEXT PRIMARY KEY, name_id TEXT NOT NULL, name_en TEXT NOT NULL, level TEXT NOT NULL,
    country TEXT NOT NULL, part_of TEXT NOT NULL, kind TEXT NOT NULL, lat REAL, lon REAL,
    aliases TEXT NOT NULL, sort_key TEXT NOT NULL
) WITHOUT ROWID;
CREATE INDEX party_country ON party (country);

CREATE TABLE agreement (
    n INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, instrument TEXT NOT NULL, title TEXT NOT NULL,
    signed TEXT NOT NULL, signed_first INTEGER NOT NULL, signed_last INTEGER NOT NULL,
    year INTEGER NOT NULL, ends TEXT NOT NULL, ends_last INTEGER NOT NULL,
    stated_status TEXT NOT NULL, topic_text TEXT NOT NULL, outcome TEXT NOT NULL,
    note TEXT NOT NULL, page TEXT NOT NULL, last_stated TEXT NOT NULL,
    categories INTEGER NOT NULL, goals INTEGER NOT NULL, parties TEXT NOT NULL,
    topics TEXT NOT NULL, relations TEXT NOT NULL, sort_key TEXT NOT NULL
);
CREATE INDEX agreement_newest ON agreement (signed_first DESC, id);
CREATE INDEX agreement_oldest ON agreement (signed_first = 0, signed_first, id);
CREATE INDEX agreement_title ON agreement (sort_key, id);
CREATE INDEX agreement_ends ON agreement (ends_last = 0, ends_last, id);
CREATE INDEX agreement_counted ON agreement (
    instrument, stated_status, signed_first, signed_last, ends_last, categories, goals
);
CREATE TABLE signed (
    agreement INTEGER NOT NULL REFERENCES agreement, position INTEGER NOT NULL,
    party TEXT NOT NULL REFERENCES party, PRIMARY KEY (agreement, position)
) WITHOUT ROWID;
CREATE INDEX signed_party ON signed (party, agreement);
CREATE TABLE addresses (
    agreement INTEGER NOT NULL REFERENCES agreement, topic TEXT NOT NULL,
    PRIMARY KEY (agreement, topic)
) WITHOUT ROWID;
CREATE INDEX addresses_topic ON addresses (topic, agreement);
CREATE TABLE relation (
    agreement INTEGER NOT NULL REFERENCES agreement, kind TEXT NOT NULL, other TEXT NOT NULL,
    PRIMARY KEY (agreement, kind, other)
) WITHOUT ROWID;
CREATE INDEX relation_other ON relation (other);
CREATE VIRTUAL TABLE agreement_text USING fts5 (text, tokenize = 'unicode61 remove_diacritics 0');

CREATE TABLE topic (id TEXT PRIMARY KEY, body TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE commodity (id TEXT PRIMARY KEY, body TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE border (
    a TEXT NOT NULL REFERENCES party, b TEXT NOT NULL REFERENCES party, body TEXT NOT NULL,
    PRIMARY KEY (a, b)
) WITHOUT ROWID;
CREATE INDEX border_b ON border (b);
CREATE TABLE flow (
    id TEXT PRIMARY KEY, party TEXT NOT NULL REFERENCES party, direction TEXT NOT NULL,
    commodity TEXT NOT NULL, year TEXT NOT NULL, body TEXT NOT NULL
) WITHOUT ROWID;
CREATE INDEX flow_party ON flow (party);
CREATE TABLE place (
    id TEXT PRIMARY KEY, name TEXT NOT NULL, country TEXT NOT NULL, lat REAL, lon REAL
) WITHOUT ROWID;
CREATE TABLE background (a TEXT NOT NULL, b TEXT NOT NULL, PRIMARY KEY (a, b)) WITHOUT ROWID;

CREATE TABLE alias (
    alias TEXT NOT NULL, kind TEXT NOT NULL, target TEXT NOT NULL, PRIMARY KEY (alias, kind)
) WITHOUT ROWID;
CREATE TABLE decision (
    id INTEGER PRIMARY KEY, kind TEXT NOT NULL, subject TEXT NOT NULL, value TEXT NOT NULL,
    made_by TEXT NOT NULL, made_at TEXT NOT NULL
);
"""

# what a file of an earlier schema lacks, by the schema that it has
UPGRADES = {
    1: tuple(one for one in SCHEMA.strip().split(";\n") if one.startswith("CREATE TABLE place ")),
}

# indexes of what is shown of agreements, by name: what makes each anew
SHOWN_INDEXES = {
    statement.split()[2]: statement
    for statement in SCHEMA.strip().split(";\n")
    if statement.startswith(("CREATE INDEX agreement_", "CREATE INDEX signed_"))
}

PARTY_COLUMNS = "id, name_id, name_en, level, country, part_of, kind, lat, lon, aliases"
AGREEMENT_COLUMNS = (
    "id, instrument, parties, title, signed, ends, stated_status, topic_text, topics, outcome,"
    " note, page, last_stated, categories, relations"
)
PROBLEM_COLUMNS = 'code, severity, file, sheet, row, "column", value, params'
LOAD_COLUMNS = (
    "id, source, file, started, finished, version, complete, rows, accepted, added, changed,"
    " unchanged, retired, problems"
)

# status on :day, as graph_loader.status.status_on tells it
STATUS = """CASE
    WHEN instrument IN ('loi', 'joint_statement', 'misi_dagang', 'berita_acara', 'other')
        OR stated_status = 'exploration' THEN 'exploration'
    WHEN stated_status = 'ended' THEN 'ended'
    WHEN signed_first > :day THEN 'exploration'
    WHEN signed_last > :day THEN 'unknown'
    WHEN ends_last >= :day THEN 'active'
    WHEN ends_last > 0 OR stated_status = 'lapsed' THEN 'lapsed'
    ELSE 'open' END"""

# a bit for each of `base.Lack`; the page apart, because no index of what is counted holds it
_LACKING = """(:lacking & 1) > 0 AND signed_first = 0 OR (:lacking & 2) > 0 AND ends_last = 0
    OR (:lacking & 4) > 0 AND goals = 0"""
# conditions of an agreement filter, by the name of the field that asks for them
WHERE = {
    "party": "n IN (SELECT agreement FROM signed WHERE party = :party)",
    "partner": "n IN (SELECT agreement FROM signed WHERE party = :partner)",
    "country": (
        "n IN (SELECT agreement FROM signed JOIN party ON party.id = signed.party"
        " WHERE party.country = :country)"
    ),
    "category": "(categories & :category) > 0",
    "instrument": "instrument = :instrument",
    "goal": "(goals & :goal) > 0",
    "target": "n IN (SELECT agreement FROM addresses WHERE topic = :target)",
    "text": "n IN (SELECT rowid FROM agreement_text WHERE agreement_text MATCH :text)",
    "year_from": "year >= :year_from",
    "year_to": "year > 0 AND year <= :year_to",
    "source": (
        "id IN (SELECT subject FROM statement WHERE kind = 'agreement' AND source = :source)"
    ),
    "ends_from": "ends_last >= :ends_from",
    "ends_to": "ends_last > 0 AND ends_last <= :ends_to",
    "lacking": f"({_LACKING})",
    "lacking_page": f"({_LACKING} OR page = '')",
    "among": "id IN (SELECT value FROM json_each(:among))",
}

ORDER = {
    "newest": "signed_first DESC, id",
    "oldest": "signed_first = 0, signed_first, id",
    "title": "sort_key, id",
    "ends": "ends_last = 0, ends_last, id",
}

LOADS = f"SELECT {LOAD_COLUMNS} FROM load ORDER BY id DESC LIMIT :limit OFFSET :offset"
PROBLEMS = f"""
SELECT {PROBLEM_COLUMNS} FROM problem WHERE load = :load ORDER BY n LIMIT :limit OFFSET :offset"""
CHANGES = """
SELECT agreement, what FROM change WHERE load = :load
ORDER BY agreement LIMIT :limit OFFSET :offset"""

UPSERT_STATEMENT = """
INSERT INTO statement (kind, subject, source, load, hash, body) VALUES (?, ?, ?, ?, ?, ?)
ON CONFLICT DO UPDATE SET load = excluded.load, hash = excluded.hash, body = excluded.body"""
UPSERT_SOURCE = """
INSERT INTO source (id, name, licence, page) VALUES (?, ?, ?, ?)
ON CONFLICT DO UPDATE SET name = excluded.name, licence = excluded.licence, page = excluded.page"""
SOURCES = "SELECT id, name, licence, page FROM source ORDER BY id"
# a content that was written before there were stamps has one that follows from its version
STATE = """
SELECT version.value, CASE version.value WHEN '0' THEN ''
    ELSE coalesce(stamp.value, uuid.value || '-' || version.value) END
FROM meta AS version JOIN meta AS uuid ON uuid.key = 'uuid'
LEFT JOIN meta AS stamp ON stamp.key = 'stamp' WHERE version.key = 'version'"""
UPSERT_META = "INSERT INTO meta VALUES (?, ?) ON CONFLICT DO UPDATE SET value = excluded.value"
STATED_HASHES = "SELECT subject, hash FROM statement WHERE source = ? AND kind = ?"
STATED_BY = "SELECT kind || '/' || subject, hash FROM statement WHERE source = ?"
STATED_BY_OTHERS = "SELECT subject FROM statement WHERE kind = ? AND source <> ?"
DELETE_STATEMENT = "DELETE FROM statement WHERE kind = ? AND subject = ? AND source = ?"
SHOWN_BODY = """
SELECT body FROM statement WHERE kind = ? AND subject = ?
ORDER BY source <> 'reference', load DESC, source LIMIT 1"""
OTHERS_CLAIMS = """
SELECT subject, source, load, body FROM statement WHERE kind = 'agreement' AND source <> ?"""
# whatever may hold two claims: said by two sources, or in one statement that begins anew
CONTESTED = """
SELECT subject, source, load, body FROM statement WHERE kind = 'agreement' AND (
    body GLOB '*],[[][0-9]*' OR subject IN (
        SELECT subject FROM statement WHERE kind = 'agreement' GROUP BY subject HAVING COUNT(*) > 1
    ))
ORDER BY subject"""
LACKS = """
SELECT statement.source, COUNT(*), SUM(signed_first = 0), SUM(ends_last = 0), SUM(goals = 0),
    SUM(agreement.page = '')
FROM statement JOIN agreement ON agreement.id = statement.subject
WHERE statement.kind = 'agreement' GROUP BY statement.source ORDER BY statement.source"""
CLAIMS_OF = """
SELECT source, load, body FROM statement WHERE kind = 'agreement' AND subject = ?"""

INSERT_AGREEMENT = """
INSERT INTO agreement VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"""
INSERT_SIGNED = "INSERT INTO signed (agreement, position, party) VALUES (?, ?, ?)"
INSERT_ADDRESSES = "INSERT INTO addresses (agreement, topic) VALUES (?, ?)"
INSERT_RELATION = "INSERT INTO relation (agreement, kind, other) VALUES (?, ?, ?)"
INSERT_TEXT = "INSERT INTO agreement_text (rowid, text) VALUES (?, ?)"
DELETE_SHOWN = (
    "DELETE FROM signed WHERE agreement = ?",
    "DELETE FROM addresses WHERE agreement = ?",
    "DELETE FROM relation WHERE agreement = ?",
    "DELETE FROM agreement_text WHERE rowid = ?",
    "DELETE FROM agreement WHERE n = ?",
)
UPSERT_PARTY = """
INSERT INTO party VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
ON CONFLICT DO UPDATE SET name_id = excluded.name_id, name_en = excluded.name_en,
    level = excluded.level, country = excluded.country, part_of = excluded.part_of,
    kind = excluded.kind, lat = excluded.lat, lon = excluded.lon, aliases = excluded.aliases,
    sort_key = excluded.sort_key"""
DELETE_UNUSED_PARTY = """
DELETE FROM party WHERE id = :id
    AND NOT EXISTS (SELECT 1 FROM statement WHERE kind = 'party' AND subject = :id)
    AND NOT EXISTS (SELECT 1 FROM signed WHERE party = :id)
    AND NOT EXISTS (SELECT 1 FROM flow WHERE party = :id)
    AND NOT EXISTS (SELECT 1 FROM border WHERE a = :id OR b = :id)"""
ORPHANED_PARTIES = """
SELECT id FROM party WHERE NOT EXISTS
    (SELECT 1 FROM statement WHERE kind = 'party' AND subject = party.id)"""

SHOW = {
    "party": UPSERT_PARTY,
    "topic": "INSERT OR REPLACE INTO topic (body, id) VALUES (?, ?)",
    "commodity": "INSERT OR REPLACE INTO commodity (body, id) VALUES (?, ?)",
    "border": "INSERT OR REPLACE INTO border (body, a, b) VALUES (?, ?, ?)",
    "flow": """INSERT OR REPLACE INTO flow (body, id, party, direction, commodity, year)
        VALUES (?, ?, ?, ?, ?, ?)""",
    "place": "INSERT OR REPLACE INTO place (id, name, country, lat, lon) VALUES (?, ?, ?, ?, ?)",
    "background": "INSERT OR REPLACE INTO background (a, b) VALUES (?, ?)",
}
HIDE = {
    "topic": "DELETE FROM topic WHERE id = ?",
    "commodity": "DELETE FROM commodity WHERE id = ?",
    "border": "DELETE FROM border WHERE a || '|' || b = ?",
    "flow": "DELETE FROM flow WHERE id = ?",
    "place": "DELETE FROM place WHERE id = ?",
    "background": "DELETE FROM background WHERE a || '|' || b = ?",
}

# the agreements of one page are found by number alone, because their rows are wide
PAGE = f"""
SELECT {AGREEMENT_COLUMNS} FROM
    (SELECT n AS k FROM agreement WHERE {{where}} ORDER BY {{order}} LIMIT :limit OFFSET :offset)
JOIN agreement ON n = k ORDER BY {{order}}"""
COUNTRIES = """
SELECT party.country, COUNT(DISTINCT signed.agreement)
FROM signed JOIN party ON party.id = signed.party
WHERE party.country <> '' AND {where} GROUP BY 1"""
STATUSES = f"SELECT {STATUS}, COUNT(*) FROM agreement WHERE {{where}} GROUP BY 1"
INSTRUMENTS = "SELECT instrument, COUNT(*) FROM agreement WHERE {where} GROUP BY 1"
# by whole set of bits, because sets are few and a sum for each bit reads every row so many times
SETS = {
    name: f"SELECT {name}, COUNT(*) FROM agreement WHERE {{where}} GROUP BY 1"
    for name in ("categories", "goals")
}

NEIGHBOURS = f"""
WITH own AS (
    SELECT agreement.n, {STATUS} IN ('active', 'open') AS in_force
    FROM signed JOIN agreement ON agreement.n = signed.agreement WHERE signed.party = :party
)
SELECT {", ".join("party." + name for name in PARTY_COLUMNS.split(", "))},
    COUNT(*), SUM(own.in_force)
FROM own JOIN signed ON signed.agreement = own.n JOIN party ON party.id = signed.party
WHERE party.id <> :party
GROUP BY party.id ORDER BY SUM(own.in_force) DESC, COUNT(*) DESC, party.sort_key, party.id"""
FLOWS = """
SELECT flow.body FROM flow JOIN party ON party.id = flow.party
WHERE (:party = '' OR flow.party = :party) AND (:commodity = '' OR flow.commodity = :commodity)
    AND (:direction = '' OR flow.direction = :direction)
ORDER BY flow.commodity, party.sort_key, flow.year DESC, flow.id"""
BORDERS = """
SELECT border.body FROM border
JOIN party ON party.id = CASE WHEN border.a = :region THEN border.b ELSE border.a END
WHERE border.a = :region OR border.b = :region ORDER BY party.sort_key, party.id"""
