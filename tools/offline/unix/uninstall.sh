#!/bin/sh
# Removes what install.sh copied, by name. Assessments and all other files stay where they are.
set -eu
home=$(CDPATH='' cd -- "$(dirname -- "$0")" && pwd)
bin=${FATF_KIT_BIN:-$HOME/.local/bin}
if [ -e "$home/install.sh" ]; then
  echo "This is the unpacked archive, which you can delete by hand. Nothing was removed." >&2
  exit 1
fi
for name in lib guides new old; do rm -rf "${home:?}/$name"; done
for name in check_files.py python-version.txt README.txt SHA256SUMS uninstall.sh; do rm -f "$home/$name"; done
if grep -qsF "\"$home/lib\"" "$bin/fatf-kit"; then rm -f "$bin/fatf-kit"; fi
rmdir "$home" 2> /dev/null || true
echo "fatf-kit was removed."
