#!/usr/bin/env bash
# A worker on each of 20 nodes: sbatch --export=ALL,DATABASE=postgres://sweeps@db/sweeps slurm.sh
#SBATCH --job-name=tapehead
#SBATCH --array=1-20
#SBATCH --cpus-per-task=8
#SBATCH --time=04:00:00
# A minute before the time is over: what is at hand is saved and given back.
#SBATCH --signal=TERM@60
set -euo pipefail
exec srun npx tapehead work --until-empty --workers "${SLURM_CPUS_PER_TASK:-1}" --database "$DATABASE"
