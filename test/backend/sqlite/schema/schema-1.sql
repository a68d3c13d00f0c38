-- Written by the version that knew schema 1 (sqlite3 .dump): people and groups that are one by the names of schema 2.
PRAGMA application_id = 0x5343494d;
PRAGMA user_version = 1;
PRAGMA foreign_keys=OFF;
BEGIN TRANSACTION;
CREATE TABLE resource (
  seq          INTEGER PRIMARY KEY AUTOINCREMENT,
  id           TEXT NOT NULL UNIQUE COLLATE NOCASE,
  type         TEXT NOT NULL CHECK (type IN ('User', 'Group')),
  key          TEXT NOT NULL,
  external_key TEXT,
  display      TEXT NOT NULL,
  created      INTEGER NOT NULL,
  modified     INTEGER NOT NULL,
  version      INTEGER NOT NULL,
  doc          TEXT NOT NULL
) STRICT;
INSERT INTO resource VALUES(1,'fa67db34-062b-4a36-8b42-ab7843345138','User','ann',NULL,'Ann',1795808677719,1795808677719,1,'{"userName":"Ann","active":true,"emails":[{"value":"x@example.com"}]}');
INSERT INTO resource VALUES(2,'a81e224d-722a-4cbc-b6cc-f40ff20ca5c5','User','twin',NULL,'twin',1795808677720,1795808677742,1,'{"userName":"twin","active":true,"emails":[{"value":"x@example.com"}]}');
INSERT INTO resource VALUES(3,'f456c307-4ea9-4a04-a7a2-f57a096a9fcf','User','twin ',NULL,'twin ',1795808677721,1795808677742,1,'{"userName":"twin ","active":true,"emails":[{"value":"x@example.com"}]}');
INSERT INTO resource VALUES(4,'1b528b60-badc-4d35-a144-bfdb263c2501','User',' twin',NULL,' twin',1795808677721,1795808677721,1,'{"userName":" twin","active":true,"emails":[{"value":"x@example.com"}]}');
INSERT INTO resource VALUES(5,'230a1e40-cdba-473d-85c2-007729bf055f','User','josé',NULL,'josé',1795808677722,1795808677722,1,'{"userName":"josé","active":true,"emails":[{"value":"x@example.com"}]}');
INSERT INTO resource VALUES(6,'cdeec101-b79d-4c19-8666-8e364a149f12','User','josé',NULL,'josé',1795808677723,1795808677723,1,'{"userName":"josé","active":true,"emails":[{"value":"x@example.com"}]}');
INSERT INTO resource VALUES(7,'b69279f4-2709-4183-8507-813c93d3acf5','User','ｐａｔ',NULL,'ｐａｔ',1795808677723,1795808677723,1,'{"userName":"ｐａｔ","active":true,"emails":[{"value":"x@example.com"}]}');
INSERT INTO resource VALUES(8,'6c968aa1-b906-4d9a-848b-f13076bb6080','User','alone ',NULL,'alone ',1795808677724,1795808677724,1,'{"userName":"alone ","active":true,"emails":[{"value":"x@example.com"}]}');
INSERT INTO resource VALUES(9,'76e382a1-64a2-463a-a8d4-cc369bb62b6b','User','last',NULL,'last',1795808677729,1795808677729,1,'{"userName":"last","active":true,"emails":[{"value":"x@example.com"}]}');
INSERT INTO resource VALUES(10,'8fe34569-246b-4b5b-9daf-a1e3de35a122','Group','engineering',NULL,'Engineering',1795808677734,1795808677734,1,'{"displayName":"Engineering"}');
INSERT INTO resource VALUES(11,'ec5b90f8-166d-493f-85aa-66a687010229','Group','engineering ',NULL,'Engineering ',1795808677736,1795808677736,1,'{"displayName":"Engineering "}');
INSERT INTO resource VALUES(12,'93983f73-2f77-4f1c-a810-4bf0d882e9fc','Group','so­ft',NULL,'So­ft',1795808677742,1795808677742,1,'{"displayName":"So­ft"}');
CREATE TABLE email (
  value TEXT NOT NULL,
  seq   INTEGER NOT NULL REFERENCES resource (seq) ON DELETE CASCADE,
  PRIMARY KEY (value, seq)
) STRICT, WITHOUT ROWID;
INSERT INTO email VALUES('x@example.com',1);
INSERT INTO email VALUES('x@example.com',2);
INSERT INTO email VALUES('x@example.com',3);
INSERT INTO email VALUES('x@example.com',4);
INSERT INTO email VALUES('x@example.com',5);
INSERT INTO email VALUES('x@example.com',6);
INSERT INTO email VALUES('x@example.com',7);
INSERT INTO email VALUES('x@example.com',8);
INSERT INTO email VALUES('x@example.com',9);
CREATE TABLE membership (
  group_seq  INTEGER NOT NULL REFERENCES resource (seq) ON DELETE CASCADE,
  member_seq INTEGER NOT NULL REFERENCES resource (seq) ON DELETE CASCADE,
  PRIMARY KEY (group_seq, member_seq)
) STRICT, WITHOUT ROWID;
INSERT INTO membership VALUES(10,2);
INSERT INTO membership VALUES(11,2);
INSERT INTO membership VALUES(12,2);
INSERT INTO membership VALUES(10,3);
INSERT INTO membership VALUES(11,3);
INSERT INTO membership VALUES(12,3);
CREATE TABLE password (
  seq  INTEGER PRIMARY KEY REFERENCES resource (seq) ON DELETE CASCADE,
  hash TEXT NOT NULL
) STRICT;
CREATE TABLE block_count (
  type  TEXT NOT NULL,
  block INTEGER NOT NULL,
  live  INTEGER NOT NULL,
  PRIMARY KEY (type, block)
) STRICT, WITHOUT ROWID;
INSERT INTO block_count VALUES('Group',0,3);
INSERT INTO block_count VALUES('User',0,9);
ANALYZE sqlite_schema;
INSERT INTO sqlite_stat1 VALUES('resource','resource_external','0 0 0');
INSERT INTO sqlite_stat1 VALUES('resource','resource_group_name','0 0');
INSERT INTO sqlite_stat1 VALUES('resource','resource_user_name','0 0');
INSERT INTO sqlite_stat1 VALUES('resource','sqlite_autoindex_resource_1','1000000 1');
INSERT INTO sqlite_stat1 VALUES('resource','resource_user_name','900000 1');
INSERT INTO sqlite_stat1 VALUES('resource','resource_group_name','100000 1');
INSERT INTO sqlite_stat1 VALUES('resource','resource_external','900000 500000 1');
INSERT INTO sqlite_stat1 VALUES('resource','resource_modified','1000000 500000 1');
INSERT INTO sqlite_stat1 VALUES('resource','resource_type','1000000 500000');
INSERT INTO sqlite_stat1 VALUES('email','email','1000000 1 1');
INSERT INTO sqlite_stat1 VALUES('email','email_resource','1000000 1');
INSERT INTO sqlite_stat1 VALUES('membership','membership','1000000 100 1');
INSERT INTO sqlite_stat1 VALUES('membership','membership_member','1000000 5 1');
ANALYZE sqlite_schema;
DELETE FROM sqlite_sequence;
INSERT INTO sqlite_sequence VALUES('resource',12);
CREATE UNIQUE INDEX resource_user_name ON resource (key) WHERE type = 'User';
CREATE UNIQUE INDEX resource_group_name ON resource (key) WHERE type = 'Group';
CREATE INDEX resource_external ON resource (type, external_key) WHERE external_key IS NOT NULL;
CREATE INDEX resource_modified ON resource (type, modified);
CREATE INDEX resource_type ON resource (type);
CREATE INDEX email_resource ON email (seq);
CREATE INDEX membership_member ON membership (member_seq, group_seq);
CREATE TRIGGER resource_counted AFTER INSERT ON resource BEGIN
  INSERT INTO block_count VALUES (new.type, new.seq >> 12, 1)
    ON CONFLICT DO UPDATE SET live = live + 1;
END;
CREATE TRIGGER resource_uncounted AFTER DELETE ON resource BEGIN
  UPDATE block_count SET live = live - 1 WHERE type = old.type AND block = old.seq >> 12;
END;
CREATE VIEW users AS
SELECT r.id,
       json_extract(r.doc, '$.userName') AS user_name,
       coalesce(json_extract(r.doc, '$.active'), 1) AS active,
       json_extract(r.doc, '$.name.givenName') AS given_name,
       json_extract(r.doc, '$.name.familyName') AS family_name,
       json_extract(r.doc, '$.name.formatted') AS formatted_name,
       json_extract(r.doc, '$.displayName') AS display_name,
       (SELECT json_extract(e.value, '$.value') FROM json_each(r.doc, '$.emails') AS e
         ORDER BY json_extract(e.value, '$.primary') IS 1 DESC, e.key LIMIT 1) AS primary_email,
       p.hash AS password_hash,
       json_extract(r.doc, '$.externalId') AS external_id,
       strftime('%Y-%m-%dT%H:%M:%S', r.created / 1000, 'unixepoch') || printf('.%03dZ', r.created % 1000) AS created,
       strftime('%Y-%m-%dT%H:%M:%S', r.modified / 1000, 'unixepoch') || printf('.%03dZ', r.modified % 1000) AS last_modified,
       r.doc
FROM resource AS r LEFT JOIN password AS p ON p.seq = r.seq
WHERE r.type = 'User';
CREATE VIEW groups AS
SELECT r.id,
       json_extract(r.doc, '$.displayName') AS display_name,
       json_extract(r.doc, '$."urn:okta:custom:group:1.0".description') AS description,
       json_extract(r.doc, '$.externalId') AS external_id,
       strftime('%Y-%m-%dT%H:%M:%S', r.created / 1000, 'unixepoch') || printf('.%03dZ', r.created % 1000) AS created,
       strftime('%Y-%m-%dT%H:%M:%S', r.modified / 1000, 'unixepoch') || printf('.%03dZ', r.modified % 1000) AS last_modified,
       r.doc
FROM resource AS r
WHERE r.type = 'Group';
CREATE VIEW memberships AS
SELECT g.id AS group_id, m.id AS member_id, m.type AS member_type
FROM membership AS s JOIN resource AS g ON g.seq = s.group_seq JOIN resource AS m ON m.seq = s.member_seq;
COMMIT;
