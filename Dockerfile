# Node 20 is enough to begin with: npm ci brings Node 24 as a package, as on any other machine.
FROM node:20.19.6-bookworm-slim
RUN apt-get update \
 && apt-get install -y --no-install-recommends ffmpeg \
 && rm -rf /var/lib/apt/lists/*
WORKDIR /opt/dutyline
COPY . .
RUN npm install --global npm@11 \
 && node scripts/prepare.mjs start \
 && mkdir -p var recordings && chown -R node:node var recordings
USER node
EXPOSE 8080
# The script itself and not npm, so that a stop of the container reaches the service.
CMD ["node", "scripts/run.mjs", "src/main.ts"]
