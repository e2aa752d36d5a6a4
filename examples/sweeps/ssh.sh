#!/usr/bin/env bash
# Starts workers on machines that have Node 20 or later and can reach the database:
#   ./ssh.sh postgres://sweeps@db/sweeps host1 host2 …
set -euo pipefail
database=$1
shift
for host in "$@"; do
  ssh "$host" "mkdir -p tapehead-work && cd tapehead-work && npm install --silent tapehead pg-boss@10 pg &&
    nohup npx tapehead work --until-empty --database '$database' > work.log 2>&1 < /dev/null &"
done
