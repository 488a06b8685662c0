#!/bin/sh
# What a deployment pipeline does with a release, with curl and nothing else. Used by e2e/pipeline.spec.ts; readable as an example.
#
#   GATEHOUSE_URL=https://gatehouse.example.org GATEHOUSE_TOKEN=ghp_… pipeline.sh report FRAUD-12 4.3 junit.xml
#   pipeline.sh value FRAUD-12 2.7 14
#   pipeline.sh ask FRAUD-12 0
#   pipeline.sh acknowledge FRAUD-12 5 sha256:…
#   pipeline.sh sign FRAUD-12 scope          (always refused: a token signs nothing)
#
# Prints the server's answer. Exit code 22 when the server refuses, with its problem document on the output.
set -eu
api="$GATEHOUSE_URL/api/v1"
call() { curl --silent --show-error --fail-with-body --header "authorization: Bearer $GATEHOUSE_TOKEN" "$@"; }
uuid() { cat /proc/sys/kernel/random/uuid 2>/dev/null || uuidgen | tr 'A-Z' 'a-z'; }
# The first text or number of a name in a JSON document.
field() { grep -oE "\"$1\":(\"[^\"]*\"|[0-9]+)" | head -n 1 | sed -E 's/^"[^"]*":"?([^"]*)"?$/\1/'; }
command() { call --header 'content-type: application/json' --header "idempotency-key: $(uuid)" --data "$2" "$api/releases/$1/commands"; }
release_id() { call "$api/releases/$1" | field id; }

action=$1
release=$2
case $action in
  report)
    result=$(call --header 'content-type: application/xml' --data-binary "@$4" "$api/import-result?name=$(basename "$4")")
    command "$(release_id "$release")" "{\"type\":\"add-evidence\",\"itemId\":\"$3\",\"evidenceId\":\"$(uuid)\",\"evidence\":{\"kind\":\"result\",\"title\":\"$(basename "$4")\",\"hash\":\"$(echo "$result" | field hash)\",\"format\":\"$(echo "$result" | field format)\",\"passed\":$(echo "$result" | field passed),\"failed\":$(echo "$result" | field failed),\"skipped\":$(echo "$result" | field skipped)}}" ;;
  value) command "$(release_id "$release")" "{\"type\":\"record-value\",\"itemId\":\"$3\",\"value\":$4}" ;;
  ask) call "$api/releases/$release/may-proceed?step=$3" ;;
  acknowledge) command "$(release_id "$release")" "{\"type\":\"acknowledge\",\"share\":$3,\"digest\":\"$4\"}" ;;
  sign) command "$(release_id "$release")" "{\"type\":\"sign-off\",\"gateId\":\"$3\",\"teams\":[\"ops\"],\"comment\":\"\",\"onBehalfOf\":null,\"seen\":{\"parts\":{},\"items\":{}}}" ;;
  *) echo "Unknown: $action" >&2; exit 64 ;;
esac
