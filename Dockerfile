# A static program and nothing else:
#   docker build -t elblint .
#   docker run --rm -v "$PWD:/work:ro" elblint check .
FROM rust:1-alpine AS build
RUN apk add --no-cache musl-dev
WORKDIR /src
COPY . .
RUN cargo build --release --locked --package elblint --bin elblint

FROM scratch
COPY --from=build /src/target/release/elblint /usr/local/bin/elblint
COPY --from=build /src/LICENSE /usr/share/doc/elblint/LICENSE
USER 65532:65532
WORKDIR /work
ENTRYPOINT ["/usr/local/bin/elblint"]
CMD ["check"]
