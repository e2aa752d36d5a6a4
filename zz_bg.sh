cd /tmp/np
T=280 bash zz_run.sh 3 0 16 1:2000:.0015,2:6000:.0015,3:12000:.0015 > zz_d.log &
T=280 bash zz_run.sh 3 0 16 1:1000:.003,2:4000:.003,3:10000:.003 32 > zz_e.log &
wait
