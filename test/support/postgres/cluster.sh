#!/usr/bin/env bash
# Folders of PostgreSQL, which its own user has to have:
# make FOLDER <SQL (a statement a line) · copy IMAGE FOLDER · base-backup FOLDER PORT
set -euo pipefail
bin=/usr/lib/postgresql/15/bin

as_postgres() {
  if [ "$(id -u)" = 0 ]; then setpriv --reuid=postgres --regid=postgres --init-groups "$@"; else "$@"; fi
}

own() { if [ "$(id -u)" = 0 ]; then chown -R postgres:postgres "$@"; fi; }

case $1 in
  make)
    own "$2/server"
    cd "$2/server"
    as_postgres $bin/initdb -D "$2/server/data" -U postgres -E UTF8 --locale=C.UTF-8 -A trust --no-sync >/dev/null
    as_postgres $bin/postgres --single -c fsync=off -D "$2/server/data" postgres >/dev/null
    ;;
  copy)
    cp -a --reflink=auto "$2/server" "$3/server"
    ;;
  base-backup)
    rm -rf "$2/server/data"
    cd "$2/server"
    as_postgres $bin/pg_basebackup -D "$2/server/data" -R -X stream --no-sync -c fast \
      -d "host=127.0.0.1 port=$3 user=replicator application_name=standby sslmode=disable"
    ;;
esac
