# Postern: `make help` says what there is. The rules stand in mk/.
CONFIG ?= default
export CONFIG
.DELETE_ON_ERROR:
.DEFAULT_GOAL := help

include $(sort $(wildcard mk/*.mk))
