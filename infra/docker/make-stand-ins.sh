#!/usr/bin/env bash
# Makes images under the names that docker-compose.yml and the Dockerfile use, where no registry can be reached: Debian with its own
# RabbitMQ and PostgreSQL, moto for S3, the .NET of this machine, and a Milvus that RDM_MILVUS starts. They prove the Dockerfile, the
# compose file and how things are wired; of the published images they prove nothing.
set -euo pipefail
cd "$(dirname "$0")/../.."
export DOCKER_BUILDKIT=0 # which takes local images and asks no registry

milvus=$(dirname "$(readlink -f "${RDM_MILVUS:-../shared/milvus/milvus}")")
dotnet=$(dirname "$(readlink -f "$(command -v dotnet)")")
packages=$(dotnet nuget locals global-packages --list | sed 's/.*: //')
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
image() { docker build -q -t "$1" "$2"; } # NAME FOLDER, with the Dockerfile from stdin
mirror=$(awk '/^URIs:/{print $2; exit}' /etc/apt/sources.list.d/*.sources)

if ! docker image inspect rdm-stand-in/debian >/dev/null 2>&1; then
    debootstrap --variant=minbase --include=ca-certificates,curl,procps bookworm "$work/root" "$mirror" >/dev/null
    cp /etc/apt/sources.list.d/*.sources "$work/root/etc/apt/sources.list.d/"
    cp /etc/apt/apt.conf.d/99* "$work/root/etc/apt/apt.conf.d/" 2>/dev/null || true
    rm -f "$work/root/etc/apt/sources.list"
    tar -C "$work/root" -c . | docker import - rdm-stand-in/debian
    rm -rf "$work/root"
fi

mkdir "$work/dotnet"
cp -a "$dotnet" "$work/dotnet/dotnet"
cat > "$work/dotnet/Dockerfile" <<'DOCKER'
FROM rdm-stand-in/debian
COPY dotnet /usr/share/dotnet
RUN apt-get update -qq && apt-get install -y -qq --no-install-recommends libssl3 libgssapi-krb5-2 zlib1g && ln -s /usr/share/dotnet/dotnet /usr/bin/dotnet
ENV DOTNET_ROOT=/usr/share/dotnet DOTNET_RUNNING_IN_CONTAINER=true
DOCKER
image mcr.microsoft.com/dotnet/aspnet:10.0-noble "$work/dotnet"
rm -rf "$work/dotnet"

# Packages that are restored already are there, so that building needs no registry either.
mkdir "$work/sdk"
cp -al "$packages" "$work/sdk/packages" 2>/dev/null || cp -a "$packages" "$work/sdk/packages"
cat > "$work/sdk/Dockerfile" <<'DOCKER'
FROM mcr.microsoft.com/dotnet/aspnet:10.0-noble
COPY packages /root/.nuget/packages
ENV DOTNET_NOLOGO=1 DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_SYSTEM_GLOBALIZATION_INVARIANT=1 NuGetAudit=false
DOCKER
image mcr.microsoft.com/dotnet/sdk:10.0-noble "$work/sdk"
rm -rf "$work/sdk"

mkdir "$work/rabbitmq"
cat > "$work/rabbitmq/Dockerfile" <<'DOCKER'
FROM rdm-stand-in/debian
RUN apt-get update -qq && apt-get install -y -qq --no-install-recommends rabbitmq-server
RUN printf 'default_user = rdm\ndefault_pass = rdm\nlisteners.tcp.1 = 0.0.0.0:5672\n' > /etc/rabbitmq/rabbitmq.conf \
    && echo '[rabbitmq_management].' > /etc/rabbitmq/enabled_plugins
CMD ["rabbitmq-server"]
DOCKER
image rabbitmq:4.1-management "$work/rabbitmq"

mkdir "$work/postgres"
cat > "$work/postgres/start" <<'START'
#!/bin/bash
set -e
data=/var/lib/postgresql/data
bin=$(echo /usr/lib/postgresql/*/bin)
mkdir -p "$data"
chown postgres "$data"
if [ ! -f "$data/PG_VERSION" ]; then
    setpriv --reuid=postgres --regid=postgres --clear-groups -- "$bin/initdb" -D "$data" -U "$POSTGRES_USER" -A trust -E UTF8 >/dev/null
    echo "host all all all trust" >> "$data/pg_hba.conf"
    setpriv --reuid=postgres --regid=postgres --clear-groups -- "$bin/pg_ctl" -D "$data" -o "-c listen_addresses=" -w start
    "$bin/createdb" -h /var/run/postgresql -U "$POSTGRES_USER" "$POSTGRES_DB"
    setpriv --reuid=postgres --regid=postgres --clear-groups -- "$bin/pg_ctl" -D "$data" -w stop
fi
exec setpriv --reuid=postgres --regid=postgres --clear-groups -- "$bin/postgres" -D "$data" -c listen_addresses='*'
START
cat > "$work/postgres/Dockerfile" <<'DOCKER'
FROM rdm-stand-in/debian
RUN apt-get update -qq && apt-get install -y -qq --no-install-recommends postgresql
COPY start /start
CMD ["bash", "/start"]
DOCKER
image postgres:17 "$work/postgres"

# With the packages of this machine's Python, which must be Debian's 3.11.
mkdir "$work/s3"
cp -a "$(python3 -c 'import moto, os; print(os.path.dirname(os.path.dirname(moto.__file__)))')" "$work/s3/packages"
printf '#!/bin/sh\nexec curl -fs http://127.0.0.1:9000/moto-api/ >/dev/null\n' > "$work/s3/mc"
cat > "$work/s3/Dockerfile" <<'DOCKER'
FROM rdm-stand-in/debian
RUN apt-get update -qq && apt-get install -y -qq --no-install-recommends python3
COPY packages /packages
COPY mc /usr/bin/mc
RUN chmod +x /usr/bin/mc
ENV PYTHONPATH=/packages
ENTRYPOINT ["sh", "-c", "exec python3 -m moto.server -H 0.0.0.0 -p 9000"]
DOCKER
image minio/minio:RELEASE.2025-09-07T16-13-09Z "$work/s3"

mkdir "$work/milvus"
cp -a "$milvus/." "$work/milvus/milvus"
cat > "$work/milvus/start" <<'START'
#!/bin/bash
trap '/milvus/milvus stop /var/lib/milvus; exit 0' TERM INT
/milvus/milvus start /var/lib/milvus 19530 || exit 1
while kill -0 "$(cat /var/lib/milvus/pid)"; do sleep 1; done
START
cat > "$work/milvus/Dockerfile" <<'DOCKER'
FROM rdm-stand-in/debian
RUN apt-get update -qq && apt-get install -y -qq --no-install-recommends xz-utils
COPY milvus /milvus
COPY start /start
RUN chmod -R u+w /milvus && sed -i 's/\$((port + 9))/9091/g' /milvus/milvus
ENTRYPOINT ["bash", "/start"]
DOCKER
image milvusdb/milvus:v2.5.10 "$work/milvus"
