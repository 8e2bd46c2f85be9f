BEGIN TRANSACTION;
CREATE TABLE account (
	name VARCHAR NOT NULL, 
	platform VARCHAR NOT NULL, 
	identity VARCHAR NOT NULL, 
	settings JSON NOT NULL, 
	blocked_reason VARCHAR, 
	PRIMARY KEY (name), 
	UNIQUE (platform, identity)
);
INSERT INTO "account" VALUES('press','outbox','press-office','{}',NULL);
INSERT INTO "account" VALUES('radio','outbox','radio-office','{}',NULL);
CREATE TABLE alembic_version (
	version_num VARCHAR(32) NOT NULL, 
	CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num)
);
INSERT INTO "alembic_version" VALUES('0001');
CREATE TABLE approval (
	id INTEGER NOT NULL, 
	post_id INTEGER NOT NULL, 
	role VARCHAR NOT NULL, 
	person VARCHAR NOT NULL, 
	identity VARCHAR NOT NULL, 
	content_hash VARCHAR NOT NULL, 
	decision VARCHAR NOT NULL, 
	reason VARCHAR, 
	at VARCHAR(27) NOT NULL, 
	revoked_at VARCHAR(27), 
	PRIMARY KEY (id), 
	FOREIGN KEY(post_id) REFERENCES post (id)
);
INSERT INTO "approval" VALUES(1,1,'scheduler','tester','claimed','cfcc7938453ae30e08db46ce0b4c3aa2887744c75e3603a1fb96b6acd743aa22','approve',NULL,'2021-12-17T08:00:00.000000Z',NULL);
INSERT INTO "approval" VALUES(2,2,'scheduler','tester','claimed','bb0f576dc417a1e4dba4156e5e147ed2dc82542e818cd099fe0b96760a93e80a','approve',NULL,'2021-12-17T08:00:00.000000Z',NULL);
CREATE TABLE attempt (
	id INTEGER NOT NULL, 
	delivery_id INTEGER NOT NULL, 
	gen INTEGER NOT NULL, 
	worker VARCHAR NOT NULL, 
	armed_at VARCHAR(27) NOT NULL, 
	outcome VARCHAR, 
	detail VARCHAR, 
	settled_at VARCHAR(27), 
	PRIMARY KEY (id), 
	FOREIGN KEY(delivery_id) REFERENCES delivery (id), 
	UNIQUE (delivery_id, gen, worker)
);
INSERT INTO "attempt" VALUES(1,1,1,'w','2021-12-18T08:00:00.000000Z','published','','2021-12-18T08:00:00.000000Z');
INSERT INTO "attempt" VALUES(2,2,1,'w','2021-12-18T08:00:00.000000Z','unknown','no answer','2021-12-18T08:00:00.000000Z');
CREATE TABLE audit (
	seq INTEGER NOT NULL, 
	at VARCHAR NOT NULL, 
	actor VARCHAR NOT NULL, 
	action VARCHAR NOT NULL, 
	object VARCHAR NOT NULL, 
	content_hash VARCHAR, 
	facts JSON NOT NULL, 
	prev_hash VARCHAR NOT NULL, 
	hash VARCHAR NOT NULL, 
	PRIMARY KEY (seq)
);
INSERT INTO "audit" VALUES(1,'2021-12-17T08:00:00.000000Z','tester','added','test-2021/recommendation-1/en/press','cfcc7938453ae30e08db46ce0b4c3aa2887744c75e3603a1fb96b6acd743aa22','{"due_at": "2021-12-18T08:00:00+00:00", "parts": 1}','0000000000000000000000000000000000000000000000000000000000000000','84c499ec287d6e7ec8ec00e4cf009deaf271b604910e5f9914bc8c67fee11cf8');
INSERT INTO "audit" VALUES(2,'2021-12-17T08:00:00.000000Z','tester','added','test-2021/recommendation-2/en/press','bb0f576dc417a1e4dba4156e5e147ed2dc82542e818cd099fe0b96760a93e80a','{"due_at": "2021-12-18T08:00:00+00:00", "parts": 2}','84c499ec287d6e7ec8ec00e4cf009deaf271b604910e5f9914bc8c67fee11cf8','208f9506afd65861e5c690aa46273fc7923fbce16b43447996bb78ba78973497');
INSERT INTO "audit" VALUES(3,'2021-12-17T08:00:00.000000Z','tester','scheduled','campaign:test-2021',NULL,'{"person": "tester", "file_sha256": "", "added": 2, "changed": 0, "moved": 0, "removed": 0, "plan": "86d1746cbf1bde2d5abdfe26ab395eaee7644a6fffd1b2134eed2507f4737e07"}','208f9506afd65861e5c690aa46273fc7923fbce16b43447996bb78ba78973497','e6fb596a8ccdf4b78f858d132486d7e38edf080e29d85dab52304db1cfc5f59b');
INSERT INTO "audit" VALUES(4,'2021-12-17T08:00:00.000000Z','tester','approved','test-2021/recommendation-1/en/press','cfcc7938453ae30e08db46ce0b4c3aa2887744c75e3603a1fb96b6acd743aa22','{"role": "scheduler", "person": "tester", "identity": "claimed"}','e6fb596a8ccdf4b78f858d132486d7e38edf080e29d85dab52304db1cfc5f59b','01bd3561df3984eab04f0e194d2cbe529bf60178d19b53ae41b1ce4e70d3aa9f');
INSERT INTO "audit" VALUES(5,'2021-12-17T08:00:00.000000Z','tester','approved','test-2021/recommendation-2/en/press','bb0f576dc417a1e4dba4156e5e147ed2dc82542e818cd099fe0b96760a93e80a','{"role": "scheduler", "person": "tester", "identity": "claimed"}','01bd3561df3984eab04f0e194d2cbe529bf60178d19b53ae41b1ce4e70d3aa9f','86247f2d700e11e4217cef41c63f8988b9ff610d2f7186497b67e3d5ece65b23');
INSERT INTO "audit" VALUES(6,'2021-12-17T08:00:00.000000Z','tester','added','other-2021/recommendation-1/en/radio','9ffafd4bfcc46d9febd5feeefffb45ec12164bd0959b6776a7642add506c21a3','{"due_at": "2021-12-18T08:00:00+00:00", "parts": 1}','86247f2d700e11e4217cef41c63f8988b9ff610d2f7186497b67e3d5ece65b23','e1d5589ea951f5912babaad7d18f6521dfc5302216fa3be171868cb90b672a5a');
INSERT INTO "audit" VALUES(7,'2021-12-17T08:00:00.000000Z','tester','scheduled','campaign:other-2021',NULL,'{"person": "tester", "file_sha256": "", "added": 1, "changed": 0, "moved": 0, "removed": 0, "plan": "c927bf5473db79bc6e04fc9530e65bb099b2b05b63ce993376355a22d36c567f"}','e1d5589ea951f5912babaad7d18f6521dfc5302216fa3be171868cb90b672a5a','bf4511302370dfac3f85261f94a8f10849b6c6a9825a2510a1b4c89fd35a17a7');
INSERT INTO "audit" VALUES(8,'2021-12-18T08:00:00.000000Z','w','armed','test-2021/recommendation-1/en/press','cfcc7938453ae30e08db46ce0b4c3aa2887744c75e3603a1fb96b6acd743aa22','{"part": 1, "gen": 1, "account": "press"}','bf4511302370dfac3f85261f94a8f10849b6c6a9825a2510a1b4c89fd35a17a7','b51445cc6848a52c4d9e4a855434820774ba089f1663567ce9bfc1f7abca7bbb');
INSERT INTO "audit" VALUES(9,'2021-12-18T08:00:00.000000Z','w','armed','test-2021/recommendation-2/en/press','bb0f576dc417a1e4dba4156e5e147ed2dc82542e818cd099fe0b96760a93e80a','{"part": 1, "gen": 1, "account": "press"}','b51445cc6848a52c4d9e4a855434820774ba089f1663567ce9bfc1f7abca7bbb','153c883097f8f7df328f2309a42a9da316f36767393bc3ecce932637c5440bde');
INSERT INTO "audit" VALUES(10,'2021-12-18T08:00:00.000000Z','w','published','test-2021/recommendation-1/en/press','cfcc7938453ae30e08db46ce0b4c3aa2887744c75e3603a1fb96b6acd743aa22','{"part": 1, "gen": 1, "result": "published", "remote_id": "r-1", "url": "https://example.org/1"}','153c883097f8f7df328f2309a42a9da316f36767393bc3ecce932637c5440bde','c75902d7581313e6c43c54eac46501627d9c877827f8192dfbe6c5cef5da1305');
INSERT INTO "audit" VALUES(11,'2021-12-18T08:00:00.000000Z','w','unknown','test-2021/recommendation-2/en/press','bb0f576dc417a1e4dba4156e5e147ed2dc82542e818cd099fe0b96760a93e80a','{"part": 1, "gen": 1, "result": "unknown", "detail": "no answer"}','c75902d7581313e6c43c54eac46501627d9c877827f8192dfbe6c5cef5da1305','26a62575bf4ebefc978934c0143461155d64b95436cc80ab140176ddd2eb9d2b');
CREATE TABLE campaign (
	id VARCHAR NOT NULL, 
	title VARCHAR NOT NULL, 
	day DATE NOT NULL, 
	zone VARCHAR NOT NULL, 
	approval JSON NOT NULL, 
	file_sha256 VARCHAR NOT NULL, 
	applied_at VARCHAR(27) NOT NULL, 
	PRIMARY KEY (id)
);
INSERT INTO "campaign" VALUES('test-2021','Test','2021-12-18','UTC','{"by": [], "people": {}}','','2021-12-17T08:00:00.000000Z');
INSERT INTO "campaign" VALUES('other-2021','Test','2021-12-18','UTC','{"by": ["editor"], "people": {"editor": ["Ada"]}}','','2021-12-17T08:00:00.000000Z');
CREATE TABLE control (
	scope VARCHAR NOT NULL, 
	paused BOOLEAN NOT NULL, 
	reason VARCHAR, 
	person VARCHAR NOT NULL, 
	at VARCHAR(27) NOT NULL, 
	PRIMARY KEY (scope)
);
CREATE TABLE delivery (
	id INTEGER NOT NULL, 
	post_id INTEGER NOT NULL, 
	part INTEGER NOT NULL, 
	idempotency_key VARCHAR NOT NULL, 
	body JSON NOT NULL, 
	state VARCHAR NOT NULL, 
	ready_at VARCHAR(27) NOT NULL, 
	gen INTEGER DEFAULT '0' NOT NULL, 
	worker VARCHAR, 
	lease_until VARCHAR(27), 
	receipt JSON, 
	PRIMARY KEY (id), 
	FOREIGN KEY(post_id) REFERENCES post (id), 
	UNIQUE (idempotency_key), 
	UNIQUE (post_id, part)
);
INSERT INTO "delivery" VALUES(1,1,1,'5o2zjickeohse6t237vl3buvvrzujiuxswyb24eeiaux2mifuyaa','{"language": "en", "text": "1 One."}','published','2021-12-18T08:00:00.000000Z',1,'w',NULL,'{"remote_id": "r-1", "url": "https://example.org/1", "published_at": "2021-12-18T08:00:00+00:00", "extra": {"cid": "c"}}');
INSERT INTO "delivery" VALUES(2,2,1,'j3b6ar3ugn66dftrtow3zdfbn7tvp36dznype6ca3bsh7bek66ga','{"language": "en", "text": "2 Two."}','unknown','2021-12-18T08:00:30.000000Z',1,'w',NULL,NULL);
INSERT INTO "delivery" VALUES(3,2,2,'qn4pmme2m534vwskk54awmvyvhqvdrqenbz6hxaeasnay3rfrdca','{"language": "en", "text": "2 Three."}','queued','2021-12-18T08:00:00.000000Z',0,NULL,NULL,NULL);
INSERT INTO "delivery" VALUES(4,3,1,'qy2mtvw7trraqak7fbz6beqvvdj5a25bmxmuw6qz4qyyaw4bhjtq','{"language": "en", "text": "1 Four."}','draft','2021-12-18T08:00:00.000000Z',0,NULL,NULL,NULL);
CREATE TABLE installation (
	id INTEGER NOT NULL, 
	uuid VARCHAR NOT NULL, 
	PRIMARY KEY (id)
);
INSERT INTO "installation" VALUES(1,'9bede196-820e-49be-85d4-dffb72774be2');
CREATE TABLE post (
	id INTEGER NOT NULL, 
	"key" VARCHAR NOT NULL, 
	campaign_id VARCHAR NOT NULL, 
	account VARCHAR NOT NULL, 
	language VARCHAR NOT NULL, 
	kind VARCHAR NOT NULL, 
	excerpt_ref VARCHAR NOT NULL, 
	text_hash VARCHAR NOT NULL, 
	content_hash VARCHAR NOT NULL, 
	approved_hash VARCHAR, 
	local_time DATETIME NOT NULL, 
	zone VARCHAR NOT NULL, 
	due_at VARCHAR(27) NOT NULL, 
	not_before VARCHAR(27) NOT NULL, 
	not_after VARCHAR(27) NOT NULL, 
	lateness VARCHAR NOT NULL, 
	reason VARCHAR, 
	PRIMARY KEY (id), 
	FOREIGN KEY(account) REFERENCES account (name), 
	FOREIGN KEY(campaign_id) REFERENCES campaign (id), 
	UNIQUE ("key")
);
INSERT INTO "post" VALUES(1,'test-2021/recommendation-1/en/press','test-2021','press','en','recommendation','recommendation-1','ea74e2391ea9b4744120603922fcdae36dcc35f55cb4ce49835e6feab7b5ef27','cfcc7938453ae30e08db46ce0b4c3aa2887744c75e3603a1fb96b6acd743aa22','cfcc7938453ae30e08db46ce0b4c3aa2887744c75e3603a1fb96b6acd743aa22','2021-12-18 08:00:00.000000','UTC','2021-12-18T08:00:00.000000Z','2021-12-18T08:00:00.000000Z','2021-12-18T09:00:00.000000Z','ask',NULL);
INSERT INTO "post" VALUES(2,'test-2021/recommendation-2/en/press','test-2021','press','en','recommendation','recommendation-2','71877acbdf1478ad5d4d40d90cf090ec4d966f90685c5a335aac95301ccbfc83','bb0f576dc417a1e4dba4156e5e147ed2dc82542e818cd099fe0b96760a93e80a','bb0f576dc417a1e4dba4156e5e147ed2dc82542e818cd099fe0b96760a93e80a','2021-12-18 08:00:00.000000','UTC','2021-12-18T08:00:00.000000Z','2021-12-18T08:00:00.000000Z','2021-12-18T09:00:00.000000Z','ask',NULL);
INSERT INTO "post" VALUES(3,'other-2021/recommendation-1/en/radio','other-2021','radio','en','recommendation','recommendation-1','f3f91fe6b1780cd7c0ef7f4e96cc5caa15c667ae31970f80c498f463f4a00668','9ffafd4bfcc46d9febd5feeefffb45ec12164bd0959b6776a7642add506c21a3',NULL,'2021-12-18 08:00:00.000000','UTC','2021-12-18T08:00:00.000000Z','2021-12-18T08:00:00.000000Z','2021-12-18T09:00:00.000000Z','ask',NULL);
CREATE INDEX audit_object ON audit (object);
CREATE INDEX post_campaign ON post (campaign_id);
CREATE INDEX post_text ON post (account, text_hash);
CREATE INDEX approval_post ON approval (post_id);
CREATE INDEX delivery_busy ON delivery (lease_until) WHERE state IN ('claimed', 'armed');
CREATE INDEX delivery_due ON delivery (ready_at, id) WHERE state = 'queued';
CREATE INDEX delivery_look ON delivery (ready_at, id) WHERE state = 'unknown';
CREATE TRIGGER delivery_first_state BEFORE INSERT ON delivery WHEN NEW.state <> 'draft' BEGIN SELECT RAISE(ABORT, 'a delivery begins as a draft'); END;
CREATE TRIGGER delivery_moves BEFORE UPDATE OF state ON delivery WHEN OLD.state <> NEW.state AND NOT ((OLD.state = 'draft' AND NEW.state = 'queued') OR (OLD.state = 'draft' AND NEW.state = 'cancelled') OR (OLD.state = 'queued' AND NEW.state = 'claimed') OR (OLD.state = 'queued' AND NEW.state = 'draft') OR (OLD.state = 'queued' AND NEW.state = 'skipped') OR (OLD.state = 'queued' AND NEW.state = 'cancelled') OR (OLD.state = 'queued' AND NEW.state = 'published') OR (OLD.state = 'claimed' AND NEW.state = 'armed') OR (OLD.state = 'claimed' AND NEW.state = 'queued') OR (OLD.state = 'claimed' AND NEW.state = 'draft') OR (OLD.state = 'claimed' AND NEW.state = 'failed') OR (OLD.state = 'claimed' AND NEW.state = 'cancelled') OR (OLD.state = 'armed' AND NEW.state = 'published') OR (OLD.state = 'armed' AND NEW.state = 'failed') OR (OLD.state = 'armed' AND NEW.state = 'unknown') OR (OLD.state = 'armed' AND NEW.state = 'queued') OR (OLD.state = 'unknown' AND NEW.state = 'published') OR (OLD.state = 'unknown' AND NEW.state = 'failed') OR (OLD.state = 'unknown' AND NEW.state = 'armed') OR (OLD.state = 'unknown' AND NEW.state = 'queued') OR (OLD.state = 'failed' AND NEW.state = 'published') OR (OLD.state = 'failed' AND NEW.state = 'draft') OR (OLD.state = 'failed' AND NEW.state = 'queued') OR (OLD.state = 'skipped' AND NEW.state = 'draft') OR (OLD.state = 'cancelled' AND NEW.state = 'draft')) BEGIN SELECT RAISE(ABORT, 'this move of a delivery is not allowed'); END;
CREATE TRIGGER delivery_armed BEFORE UPDATE OF state ON delivery WHEN NEW.state = 'armed' AND NOT EXISTS (SELECT 1 FROM attempt WHERE delivery_id = NEW.id AND gen = NEW.gen AND outcome IS NULL) BEGIN SELECT RAISE(ABORT, 'nothing is armed without an open attempt'); END;
CREATE TRIGGER delivery_requeued BEFORE UPDATE OF state ON delivery WHEN OLD.state = 'armed' AND NEW.state = 'queued' AND NOT EXISTS (SELECT 1 FROM attempt WHERE delivery_id = NEW.id AND gen = NEW.gen AND outcome = 'not_sent') BEGIN SELECT RAISE(ABORT, 'what was armed may be public already'); END;
CREATE TRIGGER audit_no_update BEFORE UPDATE ON audit BEGIN SELECT RAISE(ABORT, 'the audit is never changed'); END;
CREATE TRIGGER audit_no_delete BEFORE DELETE ON audit BEGIN SELECT RAISE(ABORT, 'the audit is never changed'); END;
COMMIT;
