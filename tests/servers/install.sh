#!/bin/sh
# Installs what tests/servers runs against into the given folder, from npm and pip alone.
# Node comes from npm too: the Bluesky PDS wants 22, and distributions have older ones.
set -eu
for tool in npm g++; do
  if ! command -v $tool >/dev/null; then
    echo "tests/servers needs $tool: sudo apt-get install npm g++"
    [ "${CAMPAIGN_CI:-}" = 1 ] && exit 1
    exit 0 # the tests then skip
  fi
done
echo "Installing the servers to test against into $1 (two minutes, once) ..."
here=$(cd "$(dirname "$0")" && pwd)
python=$(cd "$(dirname "$2")" && pwd)/$(basename "$2")
mkdir -p "$1"
cd "$1"
rm -f installed

install_mastodon() {
  "$python" -m venv --clear mastodon
  mastodon/bin/python -m pip install -q --disable-pip-version-check --no-deps -r "$here/mastodon.txt"
}

install_bluesky() {
  npm install --loglevel=error --no-fund --no-audit --no-save --no-package-lock --prefix node node@22.23.3 >/dev/null
  PATH=$PWD/node/node_modules/node/bin:$PATH
  # better-sqlite3 is compiled here. Somebody's ~/.npmrc may name the headers of another Node,
  # which gives "compiled against a different Node.js version"; the right ones came with Node.
  built_for=node-$(node -p 'process.platform + "-" + process.arch')
  npm_config_nodedir=$PWD/node/node_modules/node/node_modules/$built_for
  export PATH npm_config_nodedir
  cp "$here/package.json" .
  # Unoptimised it compiles in half the time; a test's database holds a dozen rows.
  CFLAGS=-O0 CXXFLAGS=-O0 JOBS=max npm install --loglevel=error --no-fund --no-audit --no-package-lock >/dev/null
  node -e 'new (require("better-sqlite3"))(":memory:").close()'
}

install_mastodon & mastodon=$!
install_bluesky & bluesky=$!
failed=0
wait "$mastodon" || failed=1
wait "$bluesky" || failed=1
[ $failed = 0 ] && touch installed
