#!/bin/sh
# Runs every bench and says before each table which command printed it.
#
#     sh bench/run.sh [SHARED]     SHARED: the directory with plans/, seeds/ and tools/ (default: $SHARED, else ../shared)
set -u
cd "$(dirname "$0")/.."
shared=${1:-${SHARED:-../shared}}
python=.venv/bin/python
failed=0
run() {
    printf '\n$ %s\n\n' "$*"
    "$@" || { echo "(ended with status $?: a target was missed)"; failed=1; }
}
echo "$(date '+%d/%m/%Y %H:%M'); $(nproc) cores; $($python --version); load $(cut -d' ' -f1-3 /proc/loadavg)"
run $python bench/vanban_time.py
if command -v tesseract >/dev/null; then run $python bench/scans.py; fi
if [ -d "$shared/plans" ]; then
    run $python bench/vanban_plans.py --shared "$shared"
    run $python bench/check.py --shared "$shared"
    run $python bench/align.py --shared "$shared"
else
    echo "bench/vanban_plans.py is left out: $shared/plans is not there"
fi
run $python bench/write.py
run $python bench/round_trip.py --documents 1000 --seed 1
if command -v soffice >/dev/null; then
    run $python bench/write_pages.py
    run $python bench/lint.py
fi
run $python bench/document_numbers.py
run sh scripts/with_postgres.sh $python bench/document_numbers.py
run $python bench/reporting.py
run sh scripts/with_postgres.sh $python bench/reporting.py
run $python bench/register.py
run sh scripts/with_postgres.sh $python bench/register.py
run $python bench/clocks.py
run sh scripts/with_postgres.sh $python bench/clocks.py
run $python bench/followup.py
run sh scripts/with_postgres.sh $python bench/followup.py
run sh scripts/with_postgres.sh $python bench/followup.py --tasks
run $python bench/growth.py
run sh scripts/with_postgres.sh $python bench/growth.py
exit $failed
