#!/bin/bash
# What systemd-test.sh runs inside the container, as root. Writes /root/findings, and the daemon's journal to /root/journal.
set -uo pipefail
cd /root || exit

unit=backhaul.service
key=the-secret-key-of-this-test

# finding NAME COMMAND…: one line, ok or FAILED.
finding() {
    local name=$1 began=$SECONDS
    shift
    if "$@" >/root/output 2>&1; then
        printf 'ok      %s (%s s)\n' "$name" $((SECONDS - began)) >>findings
    else
        printf 'FAILED  %s: %s\n' "$name" "$(tail -3 /root/output | tr '\n' ' ')" >>findings
    fi
}

# what PROPERTY: of the unit.
what() {
    systemctl show --value --property "$1" $unit
}

# within SECONDS COMMAND…: until it holds.
within() {
    local end=$((SECONDS + $1))
    shift
    until "$@"; do
        ((SECONDS < end)) || return 1
        sleep 0.5
    done
}

is() {
    [[ $1 == "$2" ]] || { printf 'is "%s", not "%s"\n' "$1" "$2" && return 1; }
}

is_up() {
    [[ $(what ActiveState) == active ]] && curl -fsS -m 10 http://127.0.0.1:9464/metrics >/root/metrics
}

was_restarted() {
    [[ $(what MainPID) != "$old" ]] && (($(what NRestarts) > restarts)) && is_up
}

remember() {
    old=$(what MainPID)
    restarts=$(what NRestarts)
}

journal_has() {
    journalctl -q -u $unit --no-pager "${@:2}" | grep -q -- "$1"
}

installs() {
    dpkg -i this.deb && is "$(systemctl is-enabled $unit)" disabled && is "$(systemctl is-active $unit)" inactive &&
        is "$(stat -c '%U:%G %a' /etc/backhaul/backhaul.yaml)" 'root:backhaul 640' &&
        is "$(stat -c '%U:%G %a' /etc/backhaul/credentials)" 'root:backhaul 750' &&
        is "$(stat -c '%U:%G %a' /srv/backups)" 'backhaul:backhaul 750' && ! command -v java
}

refuses_the_example() {
    systemctl start $unit
    is "$(what ActiveState)/$(what ExecMainStatus)/$(what NRestarts)" failed/2/0 && systemctl reset-failed $unit
}

configure() {
    cat >/etc/backhaul/backhaul.yaml <<'YAML'
archives:
  - {name: nas, type: filesystem, directory: /srv/backups}
sources:
  - name: nowhere
    provider: huawei-dcs
    endpoint: https://127.0.0.1:1
    project-id: 0123456789abcdef0123456789abcdef
    credentials: {access-key: AKIDOFTHISTEST000001, secret-key: "${credential:hw-sk}"}
YAML
    printf %s "$key" >/etc/backhaul/credentials/hw-sk
    chown root:backhaul /etc/backhaul/credentials/hw-sk
    chmod 640 /etc/backhaul/credentials/hw-sk
    mkdir -p /etc/systemd/system/$unit.d
    printf '[Service]\nLoadCredential=hw-sk:/etc/backhaul/credentials/hw-sk\n' >/etc/systemd/system/$unit.d/keys.conf
    systemctl daemon-reload
    systemd-analyze verify --man=no $unit
}

refuses_root() {
    CREDENTIALS_DIRECTORY=/etc/backhaul/credentials backhaul check
    is $? 2 && backhaul list
    is $? 2 && is "$(find /var/lib/backhaul /srv/backups -mindepth 1 | wc -l)" 0
}

checks_by_hand() {
    runuser -u backhaul -- env CREDENTIALS_DIRECTORY=/etc/backhaul/credentials backhaul check >/root/said 2>&1
    is $? 3 && grep -q '^ok .*database' /root/said && grep -q '^ok .*archive' /root/said &&
        grep -q '^failed .*nowhere' /root/said
}

starts() {
    systemctl enable --quiet --now $unit && is "$(what ActiveState)" active && within 20 is_up &&
        grep -q '^backhaul_build_info' metrics && within 60 curl -fsS http://127.0.0.1:9464/readyz
}

tells_status() {
    [[ $(what StatusText) == '0 transfers, 0 waiting'* ]]
}

has_a_status() {
    within 20 tells_status || { what StatusText && return 1; }
}

runs_as_itself() {
    local pid
    pid=$(what MainPID)
    is "$(stat -c %U /proc/"$pid")" backhaul && pgrep -u backhaul postgres &&
        grep -q 'NoNewPrivs:.*1' /proc/"$pid"/status && grep -q 'Seccomp:.*2' /proc/"$pid"/status
}

has_priorities() {
    within 60 journal_has 'listing' -p warning && ! journal_has 'daemon up' -p warning && journal_has 'daemon up'
}

survives_sigkill() {
    remember
    kill -KILL "$old" && within 60 was_restarted && within 60 journal_has 'daemon up'
}

survives_sigstop() {
    remember
    kill -STOP "$old" && within 180 was_restarted && journal_has 'Watchdog timeout'
}

# The thread that fires this node's ticks stands still, as if it hung; all the others go on. It is let go after the
# watchdog's time, since a traced process cannot be buried. Linux keeps 15 letters of its
# name, node-HOST-DIGITS_QuartzSchedulerThread.
freeze_scheduler() {
    local task
    for task in /proc/"$old"/task/*; do
        case $(cat "$task/comm") in
            node-*_*)
                # shellcheck disable=SC2016 # Perl's own; 101 is ptrace, 16 attaches
                perl -e 'syscall(101, 16, 0 + shift, 0, 0) == 0 or die $!; sleep 80' "${task##*/}" &
                return 0
                ;;
        esac
    done
    return 1
}

survives_a_hung_scheduler() {
    remember
    freeze_scheduler && sleep 5 && is "$(jobs -r | wc -l)" 1 && curl -fsS http://127.0.0.1:9464/healthz && within 180 was_restarted &&
        journal_has 'QuartzSchedulerThread' && journal_has 'Full thread dump'
}

restarts_on_request() {
    remember
    node=$(cat /var/lib/backhaul/node)
    systemctl restart $unit && [[ $(what MainPID) != "$old" ]] && within 20 is_up && is "$(cat /var/lib/backhaul/node)" "$node"
}

upgrades() {
    remember
    echo kept >/srv/backups/a-set
    chmod 700 /srv/backups
    dpkg -i next.deb && within 60 is_up && [[ $(what MainPID) != "$old" ]] &&
        dpkg -s backhaul | grep -q 'Version.*upgrade' && grep -q nowhere /etc/backhaul/backhaul.yaml &&
        is "$(stat -c '%U:%G %a' /etc/backhaul/backhaul.yaml)" 'root:backhaul 640' &&
        is "$(stat -c '%U:%G %a' /srv/backups)" 'backhaul:backhaul 700' && [[ ! -e /run/backhaul.was-active ]]
}

# is_waiting PID: a start that waits for its database, in another process than that one.
is_waiting() {
    [[ $(what ActiveState) == activating && $(what MainPID) != 0 && $(what MainPID) != "$1" ]]
}

# The database is one that nobody is at. The last start is back at the embedded one.
upgrades_during_an_outage() {
    systemctl stop $unit
    cp -a /etc/backhaul/backhaul.yaml /root/kept.yaml
    printf 'database: {url: "jdbc:postgresql://127.0.0.1:1/backhaul", user: backhaul, password: "of-this-test"}\n' \
        >>/etc/backhaul/backhaul.yaml
    systemctl start --no-block $unit
    within 20 is_waiting 0 && remember && dpkg -i next.deb && within 20 is_waiting "$old" &&
        cp -a /root/kept.yaml /etc/backhaul/backhaul.yaml && systemctl restart $unit && within 20 is_up
}

stops() {
    local began=$SECONDS
    systemctl stop $unit && ((SECONDS - began <= 12)) && is "$(what Result)/$(what ExecMainStatus)" success/0 &&
        ! pgrep -u backhaul
}

stays_secret() {
    ! journalctl --no-pager | grep -q "$key"
}

removes() {
    systemctl start $unit && apt-get -q -y remove backhaul && ! pgrep -u backhaul && [[ ! -e /usr/bin/backhaul ]] &&
        [[ -e /etc/backhaul/backhaul.yaml && -e /srv/backups/a-set && -d /var/lib/backhaul/postgres/data ]]
}

purges() {
    apt-get -q -y purge backhaul && [[ ! -e /etc/backhaul && ! -e /usr/lib/backhaul ]] &&
        [[ -e /srv/backups/a-set && -d /var/lib/backhaul/postgres/data ]]
}

finding 'the package installs with no Java there, and starts nothing by itself' installs
finding 'the program says its version' backhaul --version
finding 'its own example is refused with exit code 2, and not started again' refuses_the_example
finding 'the unit verifies with keys added' configure
finding 'root is refused where its files would stand in the way of the daemon' refuses_root
finding 'check, run by hand as its user, names the source that cannot be reached' checks_by_hand
finding 'start returns when it is ready; metrics and /readyz answer' starts
printf 'info    ready after %s of start, memory %s MiB, tasks %s\n' \
    "$((($(what ActiveEnterTimestampMonotonic) - $(what ExecMainStartTimestampMonotonic)) / 1000)) ms" \
    "$(($(what MemoryCurrent) / 1048576))" "$(what TasksCurrent)" >>findings
finding 'systemctl status has a sentence about the work' has_a_status
finding 'it runs as its own user in its sandbox, with an embedded PostgreSQL' runs_as_itself
finding 'the journal knows priorities' has_priorities
finding 'SIGKILL of the main process: started again' survives_sigkill
finding 'SIGSTOP of the main process: the watchdog starts it again' survives_sigstop
finding 'a hung scheduler while all else answers: the watchdog starts it again, the journal has the threads' survives_a_hung_scheduler
finding 'restart: the same node comes back' restarts_on_request
printf 'info    ready after %s ms of a restart with an existing embedded database\n' \
    "$((($(what ActiveEnterTimestampMonotonic) - $(what ExecMainStartTimestampMonotonic)) / 1000))" >>findings
finding 'upgrade: the new version runs, configuration and archive are kept' upgrades
finding 'upgrade while it waits for its database: the new version waits on' upgrades_during_an_outage
finding 'stop: in order, exit code 0, nothing left behind' stops
finding 'no key in the journal' stays_secret
finding 'remove: program gone; configuration, state and archive kept' removes
finding 'purge: configuration gone; state and archive kept' purges
journalctl -q -u $unit --no-pager >journal
echo end >>findings
