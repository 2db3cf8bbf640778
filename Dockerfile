# The paper without a database: give it one by ConnectionStrings__Newsroom, as docker-compose.yml does.

# From npm come the typeface, cut to what pages set, and the newsroom's editor, bound into one file: --omit=optional leaves PostgreSQL's programs behind.
FROM docker.io/library/node:22-slim AS npm
WORKDIR /npm
COPY src/Site/package.json src/Site/package-lock.json ./
RUN npm ci --ignore-scripts --omit=optional --no-audit --no-fund
COPY src/Site/cut-fonts.mjs ./
RUN node cut-fonts.mjs
COPY src/Site/bundle-editor.mjs ./
COPY src/Site/wwwroot/desk-script/editor wwwroot/desk-script/editor
RUN node bundle-editor.mjs

FROM mcr.microsoft.com/dotnet/sdk:10.0 AS publish
WORKDIR /repository
# What NuGet restores changes seldom, so it is a layer of its own.
COPY global.json Directory.Build.props Directory.Packages.props ./
COPY src/Site/Site.csproj src/Site/Npm.targets src/Site/Styles.targets src/Site/
# Style and warnings are judged where the code is written. A newer SDK or a newly published advisory must not keep a paper from being built.
ARG CALM="-p:TreatWarningsAsErrors=false -p:RunAnalyzers=false -p:RestoreNpm=false"
# Compiled ahead for the machine it is built on: the first page takes two thirds of the work. What runs long is compiled anew all the same.
ARG AHEAD="--use-current-runtime -p:SelfContained=false -p:PublishReadyToRun=true"
RUN dotnet restore src/Site $CALM $AHEAD
COPY src/Site src/Site
COPY --from=npm /npm/node_modules src/Site/node_modules
RUN dotnet publish src/Site --no-restore -c Release -o /app -p:UseAppHost=false -p:DebugType=embedded $CALM $AHEAD \
    # Without its typeface the paper would still be printed, only uglier, and without its editor still be written: better to hear of it here.
    && ls /app/wwwroot/fonts/newsreader-latin-wght-normal.woff2 /app/wwwroot/desk-script/editor.js

# Debian or Ubuntu, never a smaller variant: the paper needs ICU (dates in its readers' language) and the time zones.
FROM mcr.microsoft.com/dotnet/aspnet:10.0
WORKDIR /app
# libvips unpacks and prints pictures; the typeface sets those that stand for stories without one. Where the writer of AVIF is a package
# of its own (newer Debian and Ubuntu) it is brought too; without it readers get WebP.
RUN apt-get update \
    && apt-get install -y --no-install-recommends libvips-tools fontconfig fonts-liberation \
    && { apt-get install -y --no-install-recommends libheif-plugin-aomenc libheif-plugin-aomdec || true; } \
    && rm -rf /var/lib/apt/lists/* \
    && vips --version
# The root file system may be read-only. Written are only /data (pictures are worked on there too) and, for uploads too large for memory, /tmp.
# The debugger's door is a socket in /tmp that nobody here knocks at.
ENV ASPNETCORE_HTTP_PORTS=8080 \
    DOTNET_EnableDiagnostics=0 \
    Hosting__DataFolder=/data
RUN install -d -o "$APP_UID" -g "$APP_UID" /data
COPY --from=publish /app .
USER $APP_UID
VOLUME /data
EXPOSE 8080
HEALTHCHECK --interval=30s --timeout=5s --start-period=60s CMD ["dotnet", "Site.dll", "health"]
ENTRYPOINT ["dotnet", "Site.dll"]
