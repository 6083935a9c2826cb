#!/bin/sh
# How many requests a second two gunicorn workers answer, on this machine alone:
#   benchmarks/serve.sh [SIZE]       a site that `python -m benchmarks.headless` has made, with 1000 gatherings if left out
# Needs gunicorn and wrk. PYTHON, PORT, BENCHMARK_DATA, DATABASE_URL, SECONDS_EACH and REPEATS may be set.
set -eu
cd "$(dirname "$0")/.."
SIZE=${1:-1000} PYTHON=${PYTHON:-python3} PORT=${PORT:-8161} SECONDS_EACH=${SECONDS_EACH:-10} REPEATS=${REPEATS:-3}
export BENCHMARK_DATA="${BENCHMARK_DATA:-$PWD/build/benchmarks}" DJANGO_SETTINGS_MODULE=benchmarks.settings
export DATABASE_URL="${DATABASE_URL:-sqlite:///$BENCHMARK_DATA/prosjektnett_benchmark_$SIZE.sqlite3}"
HOST=http://127.0.0.1:$PORT

measure() { # cache name address...
    cache=$1
    shift
    PROSJEKTNETT_CACHE=$cache $PYTHON -m gunicorn -w 2 -b "127.0.0.1:$PORT" --log-level error benchmarks.wsgi &
    server=$!
    trap 'kill $server 2>/dev/null' EXIT
    for _ in $(seq 60); do curl -fs -o /dev/null "$HOST/floor/nothing/" && break || sleep 0.5; done
    for _ in $(seq "$REPEATS"); do
        for pair in "$@"; do
            address=$HOST${pair#*=}
            for _ in 1 2 3 4; do curl -fs -o /dev/null "$address"; done
            rate=$(wrk -t1 -c4 -d"${SECONDS_EACH}s" --timeout 20s "$address" | awk '/Requests\/sec/ {print $2}')
            echo "${pair%%=*}: $rate requests a second"
        done
    done
    kill $server
    wait $server 2>/dev/null || true
    trap - EXIT
}

V2="/stock/v2/pages/?type=prosjektnett_pages.GatheringPage&fields=*"
measure "" "list=/api/prosjektnett/gatherings/" "v2 stock=$V2" "floor=/floor/gatherings/"
measure default "list, kept=/api/prosjektnett/gatherings/"
