// What the postgres image runs first: a script of ours that does and says what the official image's does.

const OLD_DATA = `Error: in 18+, these Docker images are configured to store database data in a
       format which is compatible with "pg_ctlcluster" (specifically, using
       major-version-specific directory names).  This better reflects how
       PostgreSQL itself works, and how upgrades are to be performed.

       See also https://github.com/docker-library/postgres/pull/1259

       Counter to that, there appears to be PostgreSQL data in:
         \${old[*]}

       This is usually the result of upgrading the Docker image without
       upgrading the underlying database using "pg_upgrade" (which requires both
       versions).

       The suggested container configuration for 18+ is to place a single mount
       at /var/lib/postgresql which will then place PostgreSQL data in a
       subdirectory, allowing usage of "pg_upgrade --link" without mount point
       boundary issues.

       See https://github.com/docker-library/postgres/issues/37 for a (long)
       discussion around this process, and suggestions for how to do so.`;

const NO_PASSWORD = `Error: Database is uninitialized and superuser password is not specified.
       You must specify POSTGRES_PASSWORD to a non-empty value for the
       superuser. For example, "-e POSTGRES_PASSWORD=password" on "docker run".

       You may also use "POSTGRES_HOST_AUTH_METHOD=trust" to allow all
       connections without a password. This is *not* recommended.

       See PostgreSQL documentation about "trust":
       https://www.postgresql.org/docs/current/auth-trust.html`;

const TRUST = `********************************************************************************
WARNING: POSTGRES_HOST_AUTH_METHOD has been set to "trust". This will allow
         anyone with access to the Postgres port to access your database without
         a password, even if POSTGRES_PASSWORD is set. See PostgreSQL
         documentation about "trust":
         https://www.postgresql.org/docs/current/auth-trust.html
         In Docker's default configuration, this is effectively any other
         container on the same system.

         It is not recommended to use POSTGRES_HOST_AUTH_METHOD=trust. Replace
         it with "-e POSTGRES_PASSWORD=password" instead to set a password in
         "docker run".
********************************************************************************`;

export const ENTRYPOINT = `#!/usr/bin/env bash
# Simulated: does what the official image's entrypoint does.
set -Eeo pipefail

# The value of a variable, or of the file that NAME_FILE names.
take() {
	local name=$1 file=$1_FILE
	if [ -n "\${!name}" ] && [ -n "\${!file}" ]; then
		echo "error: both $name and $file are set (but are exclusive)" >&2
		exit 1
	fi
	if [ -n "\${!file}" ]; then export "$name"="$(cat "\${!file}")"; else export "$name"="\${!name:-$2}"; fi
	unset "$file"
}

sql() {
	PGHOST= psql -v ON_ERROR_STOP=1 --username "$POSTGRES_USER" --no-password --no-psqlrc "$@"
}
docker_process_sql() { sql --dbname "$POSTGRES_DB" "$@"; }

asks_help() {
	local word
	for word; do case $word in -'?'|--help|--describe-config|-V|--version) return 0;; esac; done
	return 1
}

case $1 in -*) set -- postgres "$@";; esac
if [ "$1" = postgres ] && ! asks_help "$@"; then
	take POSTGRES_PASSWORD
	take POSTGRES_USER postgres
	take POSTGRES_DB "$POSTGRES_USER"
	take POSTGRES_INITDB_ARGS
	there= old=()
	if [ -s "$PGDATA/PG_VERSION" ]; then
		there=yes
	elif [ "$PGDATA" = "/var/lib/postgresql/$PG_MAJOR/docker" ]; then
		for d in /var/lib/postgresql /var/lib/postgresql/data /var/lib/postgresql/*/docker; do
			if [ -s "$d/PG_VERSION" ]; then old+=( "$d" ); fi
		done
		if [ \${#old[@]} -eq 0 ] && mountpoint -q /var/lib/postgresql/data; then old=( '/var/lib/postgresql/data (unused mount/volume)' ); fi
	fi

	mkdir -p "$PGDATA"
	chmod 00700 "$PGDATA" || :
	mkdir -p /var/run/postgresql || :
	chmod 03775 /var/run/postgresql || :
	if [ "$(id -u)" = 0 ]; then
		find "$PGDATA" \\! -user postgres -exec chown postgres '{}' +
		find /var/run/postgresql \\! -user postgres -exec chown postgres '{}' +
		exec gosu postgres "$BASH_SOURCE" "$@"
	fi

	if [ -n "$there" ]; then
		printf '\\nPostgreSQL Database directory appears to contain a database; Skipping initialization\\n\\n'
	else
		if [ -z "$POSTGRES_PASSWORD" ] && [ "$POSTGRES_HOST_AUTH_METHOD" != trust ]; then
			cat >&2 <<'END'
${NO_PASSWORD}
END
			exit 1
		fi
		if [ "$POSTGRES_HOST_AUTH_METHOD" = trust ]; then
			cat >&2 <<'END'
${TRUST}
END
		fi
		if [ -n "\${old[0]}" ]; then
			cat >&2 <<END
${OLD_DATA}
END
			exit 1
		fi
		ls /docker-entrypoint-initdb.d/ > /dev/null
		printf '%s\\n' "$POSTGRES_PASSWORD" | eval 'initdb --username="$POSTGRES_USER" --pwfile=/dev/stdin '"$POSTGRES_INITDB_ARGS"
		: "\${POSTGRES_HOST_AUTH_METHOD:=scram-sha-256}"
		printf '\\nhost all all all %s\\n' "$POSTGRES_HOST_AUTH_METHOD" >> "$PGDATA/pg_hba.conf"
		export PGPASSWORD="\${PGPASSWORD:-$POSTGRES_PASSWORD}"
		options=$(shift; printf '%q ' "$@" -c listen_addresses= -p "\${PGPORT:-5432}")
		PGUSER="\${PGUSER:-$POSTGRES_USER}" pg_ctl -D "$PGDATA" -o "$options" -w start
		if [ -z "$(echo "SELECT 1 FROM pg_database WHERE datname = :'db' ;" | sql --dbname postgres --set db="$POSTGRES_DB" --tuples-only)" ]; then
			echo 'CREATE DATABASE :"db" ;' | sql --dbname postgres --set db="$POSTGRES_DB"
			echo
		fi
		echo
		for f in /docker-entrypoint-initdb.d/*; do
			[ -e "$f" ] || continue
			case $f in
				*.sh)
					if [ -x "$f" ]; then echo "$0: running $f"; "$f"; else echo "$0: sourcing $f"; . "$f"; fi
					;;
				*.sql) echo "$0: running $f"; docker_process_sql -f "$f"; echo ;;
				*.sql.gz) echo "$0: running $f"; gunzip -c "$f" | docker_process_sql; echo ;;
				*.sql.xz|*.sql.zst) echo "stowage: not simulated: $f" >&2; exit 69 ;;
				*) echo "$0: ignoring $f" ;;
			esac
			echo
		done
		PGUSER="\${PGUSER:-postgres}" pg_ctl -D "$PGDATA" -m fast -w stop
		unset PGPASSWORD
		printf '\\nPostgreSQL init process complete; ready for start up.\\n\\n'
	fi
fi
exec "$@"
`;
