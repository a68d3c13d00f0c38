#!/usr/bin/env bash
# certificates.sh DIR NAME ALTERNATIVE_NAMES: a CA, a server certificate and the client certificate of "scim-client".
set -euo pipefail
mkdir -p "$1"
cd "$1"
[ -f client.crt ] && exit 0
key=(-newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes)
openssl req -x509 "${key[@]}" -days 90 -subj '/CN=Directory test CA' -keyout ca.key -out ca.crt 2>/dev/null
for one in server client; do
  name=$2
  [ $one = client ] && name=scim-client
  openssl req "${key[@]}" -subj "/CN=$name" -keyout $one.key -out $one.csr 2>/dev/null
  printf 'subjectAltName=%s\nbasicConstraints=CA:FALSE\n' "$3" >extensions
  openssl x509 -req -in $one.csr -CA ca.crt -CAkey ca.key -CAcreateserial -days 90 -extfile extensions -out $one.crt 2>/dev/null
done
