#!/bin/bash
# Checks the dashboards of config/grafana against the types that Grafana itself publishes: fields that it does not know,
# lacks or wants of another type are named with their line. Exit code 0 when there are none.
#   dashboard-test.sh
# Needs npm and the npm registry; nothing of what it fetches is run but the TypeScript compiler.
set -euo pipefail
cd -- "$(dirname -- "${BASH_SOURCE[0]}")/../.."

scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
npm install --prefix "$scratch" --silent --no-audit --no-fund --ignore-scripts @grafana/schema@13.2.3 typescript@5.9.3

types=$scratch/node_modules/@grafana/schema/dist/types/raw/dashboard/x/types.gen
# JSON has the values of an enumeration, not its names.
sed -E -i 's/: (ThresholdsMode|FieldColorModeId);/: `${\1}`;/' "$types.d.ts"
programs=()
for dashboard in config/grafana/*.json; do
    program=$scratch/$(basename "$dashboard" .json).ts
    printf "import { Dashboard } from '%s'; export const dashboard: Dashboard = %s;\n" "$types" "$(<"$dashboard")" >"$program"
    programs+=("$program")
done
"$scratch/node_modules/.bin/tsc" --noEmit --strict --skipLibCheck --module nodenext --moduleResolution nodenext \
    --target es2022 "${programs[@]}"
printf 'dashboards: %d of the shape that Grafana wants\n' ${#programs[@]}
