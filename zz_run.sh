# name env... -- args
timeout ${T:-150} nice -n 12 node --import tsx zz_curr.ts "$@" 2>&1
