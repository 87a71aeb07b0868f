#!/bin/sh
# Run a command with $DATABASE_URL pointing at a PostgreSQL of its own: installed if missing, started on a free port of
# this machine, thrown away afterwards.
set -eu
sh "$(dirname "$0")/system_packages.sh" postgresql
bin=$(ls -d /usr/lib/postgresql/*/bin | sort -V | tail -n 1)
home=$(mktemp -d)
port=$(python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])')
password=$(python3 -c 'import secrets; print(secrets.token_hex(16))')
if [ "$(id -u)" = 0 ]; then as="runuser -u postgres --"; chown postgres "$home"; else as=""; fi
stop() {
    (cd / && $as "$bin/pg_ctl" -D "$home/data" -m immediate stop) >/dev/null 2>&1 || true
    rm -rf "$home"
}
trap stop EXIT INT TERM
printf '%s' "$password" > "$home/password"
[ -z "$as" ] || chown postgres "$home/password"
# Thrown away in any case: nothing of it need survive a crash. PG_FSYNC=on for figures of a server in use.
quick="-c synchronous_commit=off -c full_page_writes=off -c wal_level=minimal -c max_wal_senders=0 -c max_wal_size=4GB"
[ "${PG_FSYNC:-off}" = off ] || quick=""
(cd / && $as "$bin/initdb" -D "$home/data" -U nhipcau -E UTF8 --locale=C.UTF-8 --auth=scram-sha-256 --pwfile="$home/password") >/dev/null
(cd / && $as "$bin/pg_ctl" -D "$home/data" -w -l "$home/log" \
    -o "-p $port -c listen_addresses=127.0.0.1 -c unix_socket_directories=$home -c fsync=${PG_FSYNC:-off} $quick -c shared_buffers=256MB -c max_connections=120" start) >/dev/null
export DATABASE_URL="postgres://nhipcau:$password@127.0.0.1:$port/postgres"
"$@"
