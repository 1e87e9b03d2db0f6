{{/* All of these take a dict of root (the chart's own context) and name (of a service or a bundled dependency). */}}

{{- define "rdm.name" -}}
{{ .root.Release.Name | trunc 40 | trimSuffix "-" }}-{{ .name }}
{{- end }}

{{- define "rdm.selector" -}}
app.kubernetes.io/name: {{ .root.Chart.Name }}
app.kubernetes.io/instance: {{ .root.Release.Name }}
app.kubernetes.io/component: {{ .name }}
{{- end }}

{{- define "rdm.labels" -}}
{{ include "rdm.selector" . }}
app.kubernetes.io/version: {{ .root.Chart.AppVersion | quote }}
app.kubernetes.io/managed-by: {{ .root.Release.Service }}
helm.sh/chart: {{ .root.Chart.Name }}-{{ .root.Chart.Version }}
{{- end }}

{{- define "rdm.image" -}}
{{- $image := (get .root.Values.services .name).image -}}
{{- with .root.Values.image.registry }}{{ . }}/{{ end -}}
{{ $image.repository }}:{{ $image.tag | default .root.Values.image.tag | default .root.Chart.AppVersion }}
{{- end }}

{{/* Where a service answers. */}}
{{- define "rdm.url" -}}
http://{{ include "rdm.name" . }}:8080
{{- end }}

{{/* The Secret that everything secret is in. */}}
{{- define "rdm.secret" -}}
{{- if .root.Values.bundled.enabled -}}
{{ include "rdm.name" (dict "root" .root "name" "secrets") }}
{{- else -}}
{{ required "Set existingSecret to the name of a Secret with the keys that values.yaml lists." .root.Values.existingSecret }}
{{- end }}
{{- end }}

{{- define "rdm.s3" -}}
{{- if .root.Values.bundled.enabled -}}
http://{{ include "rdm.name" (dict "root" .root "name" "s3") }}:9000
{{- else -}}
{{ required "Set s3.endpoint to the address of an S3 service." .root.Values.s3.endpoint }}
{{- end }}
{{- end }}

{{- define "rdm.milvus" -}}
{{- if .root.Values.bundled.enabled -}}
http://{{ include "rdm.name" (dict "root" .root "name" "milvus") }}:19530
{{- else -}}
{{ required "Set milvus.address to where a Milvus answers." .root.Values.milvus.address }}
{{- end }}
{{- end }}

{{/* The port of a url. */}}
{{- define "rdm.port" -}}
{{- $url := urlParse . -}}
{{- regexFind "[0-9]+$" (regexFind ":[0-9]+$" $url.host) | default (ternary "443" "80" (eq $url.scheme "https")) }}
{{- end }}

{{/* Whether a Deployment's replicas are somebody else's: "true", or nothing. */}}
{{- define "rdm.isScaled" -}}
{{- $keda := and (eq .name "sampling") .root.Values.keda.enabled }}
{{- if or $keda (get .root.Values.services .name).autoscaling.enabled }}true{{ end }}
{{- end }}
