#!/bin/sh
# Installs fatf-kit. Nothing is downloaded, and no rights are needed.
#   PYTHON=/path/to/python3   the Python to use, if it is not found by its name
#   FATF_KIT_HOME, FATF_KIT_BIN   other folders; for all users for example /opt/fatf-kit and /usr/local/bin
# Files are copied by name into the folder "new" and checked there. Only then do they take the place of an
# earlier version, which stays as it is if a step fails.
set -eu
here=$(CDPATH='' cd -- "$(dirname -- "$0")" && pwd)
home=${FATF_KIT_HOME:-$HOME/.local/share/fatf-kit}
bin=${FATF_KIT_BIN:-$HOME/.local/bin}
new=$home/new
old=$home/old

fail() {
  rm -rf "$new"
  echo "fatf-kit was NOT installed in $home" >&2
  echo "$1" >&2
  exit 1
}

for name in lib/fatf_kit/__init__.py guides SHA256SUMS check_files.py python-version.txt; do
  [ -e "$here/$name" ] || fail "Files are missing beside install.sh. Unpack the whole archive first."
done
read -r version < "$here/python-version.txt"
python=$("${PYTHON:-python$version}" -c 'import sys; print(sys.executable)') ||
  fail "Python $version does not start. Install it, or name it: PYTHON=/path/to/python3 sh install.sh"
[ "$("$python" -c 'import sys; print("%d.%d" % sys.version_info[:2])')" = "$version" ] ||
  fail "This archive is for Python $version. Install it, or name it: PYTHON=/path/to/python3 sh install.sh"

echo "Copying fatf-kit to $home ..."
rm -rf "$new"
mkdir -p "$new" "$bin" || fail "The folders cannot be made there."
for name in lib guides uninstall.sh check_files.py python-version.txt README.txt SHA256SUMS; do
  cp -R "$here/$name" "$new/" || fail "The files cannot be copied there. Free some space on the disk."
done

echo "Checking the copy ..."
"$python" "$new/check_files.py" "$new" || fail "The copy is incomplete or was changed. Unpack the archive again."
PYTHONPATH="$new/lib" PYTHONNOUSERSITE=1 "$python" -P -m fatf_kit doctor ||
  fail "A check failed; the lines above say which one."
[ -z "${FATF_KIT_HOME:-}" ] || "$python" -m compileall -q "$new/lib" > /dev/null || fail "The libraries cannot be prepared."

rm -rf "$old"
mkdir "$old"
for name in lib guides; do
  [ ! -e "$home/$name" ] || mv "$home/$name" "$old/$name"
  mv "$new/$name" "$home/$name"
done
mv "$new"/* "$home/"
rm -rf "$new" "$old"
cat > "$bin/fatf-kit" << END
#!/bin/sh
PYTHONPATH="$home/lib" PYTHONNOUSERSITE=1 exec "$python" -P -m fatf_kit "\$@"
END
chmod 755 "$bin/fatf-kit"

begin=fatf-kit
[ "$(command -v fatf-kit)" = "$bin/fatf-kit" ] || begin="$bin/fatf-kit"
echo "Installed. Begin with: $begin init"
[ "$begin" = fatf-kit ] || echo "To type only fatf-kit, add the folder $bin to PATH and open a new terminal."
