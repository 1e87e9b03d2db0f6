{{/* The settings of a service: those that it reads and no others. */}}
{{- define "rdm.env" -}}
{{- $values := .root.Values }}
{{- $secret := include "rdm.secret" . }}
{{- $url := dict "root" .root }}
{{- $drain := (get $values.services .name).drainSeconds | int -}}
- { name: Bus__RabbitMq, valueFrom: { secretKeyRef: { name: {{ $secret }}, key: rabbitmq } } }
- { name: Bus__Replicas, value: {{ $values.rabbitmq.replicas | quote }} }
- { name: Bus__StopTimeout, value: {{ printf "00:%02d:%02d" (div $drain 60) (mod $drain 60) | quote }} }
{{- if has .name (list "gateway" "retrieval" "webhooks") }}
- { name: Database__PostgreSql, valueFrom: { secretKeyRef: { name: {{ $secret }}, key: postgresql } } }
{{- end }}
{{- if ne .name "webhooks" }}
- { name: ObjectStore__S3__Endpoint, value: {{ include "rdm.s3" . | quote }} }
{{- with $values.s3.publicEndpoint | default (ternary "http://localhost:9000" "" $values.bundled.enabled) }}
- { name: ObjectStore__S3__PublicEndpoint, value: {{ . | quote }} }
{{- end }}
- { name: ObjectStore__S3__Region, value: {{ $values.s3.region | quote }} }
- { name: ObjectStore__S3__Bucket, value: {{ $values.s3.bucket | quote }} }
- { name: ObjectStore__S3__CreateBucket, value: {{ or $values.s3.createBucket $values.bundled.enabled | quote }} }
- { name: ObjectStore__S3__AccessKey, valueFrom: { secretKeyRef: { name: {{ $secret }}, key: s3-access-key } } }
- { name: ObjectStore__S3__SecretKey, valueFrom: { secretKeyRef: { name: {{ $secret }}, key: s3-secret-key } } }
{{- end }}
{{- if has .name (list "embedding" "sampling") }}
{{- range $number, $folder := $values.models.folders }}
- { name: Models__Folders__{{ $number }}, value: {{ $folder | quote }} }
{{- end }}
{{- end }}
{{- if has .name (list "gateway" "embedding" "retrieval" "webhooks") }}
- { name: Remote__Token, valueFrom: { secretKeyRef: { name: {{ $secret }}, key: internal-token } } }
{{- end }}
{{- if eq .name "gateway" }}
- { name: Remote__Embedding, value: {{ include "rdm.url" (set $url "name" "embedding") }} }
- { name: Remote__Retrieval, value: {{ include "rdm.url" (set $url "name" "retrieval") }} }
- { name: Remote__Webhooks, value: {{ include "rdm.url" (set $url "name" "webhooks") }} }
- { name: Access__AdminKey, valueFrom: { secretKeyRef: { name: {{ $secret }}, key: admin-key } } }
{{- if $values.ingress.enabled }}
- { name: ASPNETCORE_FORWARDEDHEADERS_ENABLED, value: "true" }
{{- end }}
{{- else if eq .name "retrieval" }}
- { name: Milvus__Address, value: {{ include "rdm.milvus" . | quote }} }
- { name: Milvus__Token, valueFrom: { secretKeyRef: { name: {{ $secret }}, key: milvus-token, optional: true } } }
{{- with $values.milvus.database }}
- { name: Milvus__Database, value: {{ . | quote }} }
{{- end }}
{{- range $number, $folder := $values.models.publicDatabases }}
- { name: Retrieval__PublicFolders__{{ $number }}, value: {{ $folder | quote }} }
{{- end }}
{{- else if eq .name "webhooks" }}
- { name: Webhooks__KeysFolder, value: /data/keys }
{{- end }}
{{- with $values.telemetry.otlpEndpoint }}
- { name: OTEL_EXPORTER_OTLP_ENDPOINT, value: {{ . | quote }} }
- { name: OTEL_SERVICE_NAME, value: {{ $.name }} }
{{- end }}
{{- range $setting, $value := (get $values.services .name).env }}
- { name: {{ $setting }}, value: {{ $value | quote }} }
{{- end }}
{{- end }}
