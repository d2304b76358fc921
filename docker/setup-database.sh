#!/bin/sh
# Creates Temporal's two databases, or brings their schemas up to date. Safe to run again.
# SQL_PLUGIN, SQL_HOST, SQL_PORT, SQL_USER and SQL_PASSWORD say where; SCHEMA_DIR where the versions lie.
set -eu

schema_dir="${SCHEMA_DIR:-/etc/temporal/schema/postgresql/v12}"

set_up() {
  database="$1"
  versions="$2"
  temporal-sql-tool --db "$database" create
  temporal-sql-tool --db "$database" setup-schema --version 0.0
  temporal-sql-tool --db "$database" update-schema --schema-dir "$versions"
}

set_up temporal "$schema_dir/temporal/versioned"
set_up temporal_visibility "$schema_dir/visibility/versioned"
