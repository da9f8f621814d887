# Sourced: `arm64_apt DIR` sets up an apt for arm64 in DIR, so that dpkg's own architectures stay as they are, and points
# APT_CONFIG at it.
arm64_apt() {
  mkdir -p "$1"/{state/lists/partial,cache/archives/partial,sources}
  : >"$1/state/status"
  awk '/^Types:/ { print; print "Architectures: arm64"; next } { print }' /etc/apt/sources.list.d/debian.sources \
    >"$1/sources/arm64.sources"
  cat >"$1/apt.conf" <<CONF
APT::Architecture "amd64"; APT::Architectures { "amd64"; "arm64"; };
Dir::State "$1/state"; Dir::State::status "$1/state/status"; Dir::Cache "$1/cache";
Dir::Etc::sourcelist "-"; Dir::Etc::sourceparts "$1/sources"; APT::Sandbox::User "root";
CONF
  export APT_CONFIG=$1/apt.conf
  apt-get update -qq
}
