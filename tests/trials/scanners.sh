#!/bin/sh
# Runs wapiti and sqlmap, as Debian packages them, against a local instance, and prints what they found:
#   apt-get install wapiti sqlmap && sh tests/trials/scanners.sh
# Bounded by SCAN_SECONDS (wapiti's crawl) ATTACK_SECONDS (each of its modules) and
# TARGET_SECONDS (sqlmap on each address or form, LANES of them at a time).
set -eu
cd "$(dirname "$0")/../.."
for tool in wapiti sqlmap; do
  command -v "$tool" >/dev/null || { echo "$tool is not installed: apt-get install wapiti sqlmap" >&2; exit 2; }
done
PATH="$PWD/node_modules/.bin:$PATH" exec node --disable-warning=DeprecationWarning --import tsx tests/trials/scanners.ts
