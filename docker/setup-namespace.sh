#!/bin/sh
# Creates the namespace with 90 days of history and registers the search attributes of src/temporal/names.ts.
# Safe to run again. TEMPORAL_ADDRESS and TEMPORAL_NAMESPACE say where.
set -eu

tries=30
until temporal operator cluster health; do
  tries=$((tries - 1))
  [ "$tries" -gt 0 ] || exit 1
  sleep 2
done

if temporal operator namespace describe --namespace "$TEMPORAL_NAMESPACE" >/dev/null 2>&1; then
  temporal operator namespace update --namespace "$TEMPORAL_NAMESPACE" --retention 90d
else
  temporal operator namespace create --namespace "$TEMPORAL_NAMESPACE" --retention 90d
fi

# A new namespace is known to every part of the server a few seconds later.
tries=30
until temporal operator search-attribute create --namespace "$TEMPORAL_NAMESPACE" \
  --name BadmintonStage --type Keyword \
  --name BadmintonRecording --type Keyword \
  --name BadmintonHost --type Keyword \
  --name BadmintonStageSince --type Datetime; do
  tries=$((tries - 1))
  [ "$tries" -gt 0 ] || exit 1
  sleep 2
done
