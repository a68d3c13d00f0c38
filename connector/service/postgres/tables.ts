/** What was made lately, and whether its maker has heard of it. Unit of times: ms since 1970, by the database. */
export const REPLY_TABLES = `
CREATE TABLE scim.first_reply (
  app     text COLLATE "C" NOT NULL,
  id      text COLLATE "C" NOT NULL,
  made    bigint NOT NULL,
  arrived boolean NOT NULL DEFAULT false,
  PRIMARY KEY (app, id)
);
CREATE INDEX first_reply_made ON scim.first_reply (app, made);
`;
