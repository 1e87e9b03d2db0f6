{{- define "rdm.annotations" -}}
{{- $service := get .root.Values.services .name }}
{{- with $service.podAnnotations }}
{{- toYaml . }}
{{- end }}
{{- if and .root.Values.dapr.enabled (has .name (list "gateway" "embedding" "retrieval" "webhooks")) }}
dapr.io/enabled: "true"
dapr.io/app-id: {{ .name }}
dapr.io/app-port: "8080"
dapr.io/block-shutdown-duration: {{ add $service.drainSeconds 30 }}s
{{- with .root.Values.dapr.config }}
dapr.io/config: {{ . }}
{{- end }}
{{- end }}
{{- end }}

{{/* A GPU is not there twice, and a volume for one node neither: there the old pod goes before the new one comes. */}}
{{- define "rdm.strategy" -}}
{{- if and (eq .name "webhooks") (eq .root.Values.webhookKeys.accessMode "ReadWriteOnce") -}}
type: Recreate
{{- else -}}
type: RollingUpdate
{{- if (get .root.Values.services .name).gpus }}
rollingUpdate: { maxSurge: 0, maxUnavailable: 1 }
{{- else }}
rollingUpdate: { maxSurge: 1, maxUnavailable: 0 }
{{- end }}
{{- end }}
{{- end }}

{{/* Requests and limits, the GPUs in both. */}}
{{- define "rdm.resources" -}}
{{- $service := get .root.Values.services .name }}
{{- $resources := deepCopy $service.resources }}
{{- if $service.gpus }}
{{- $gpus := dict .root.Values.gpu.resource $service.gpus }}
{{- $resources = mergeOverwrite $resources (dict "requests" $gpus "limits" $gpus) }}
{{- end }}
{{- toYaml $resources }}
{{- end }}

{{/* Where a pod may run. */}}
{{- define "rdm.placement" -}}
{{- $service := get .root.Values.services .name }}
{{- $gpu := ternary .root.Values.gpu dict (gt (int $service.gpus) 0) }}
{{- with $gpu.runtimeClassName }}
runtimeClassName: {{ . }}
{{- end }}
{{- with $service.priorityClassName }}
priorityClassName: {{ . }}
{{- end }}
{{- with merge (dict) $service.nodeSelector ($gpu.nodeSelector | default dict) }}
nodeSelector: {{- toYaml . | nindent 2 }}
{{- end }}
{{- with concat $service.tolerations ($gpu.tolerations | default list) }}
tolerations: {{- toYaml . | nindent 2 }}
{{- end }}
{{- with $service.affinity }}
affinity: {{- toYaml . | nindent 2 }}
{{- end }}
topologySpreadConstraints:
  - maxSkew: 1
    topologyKey: kubernetes.io/hostname
    whenUnsatisfiable: ScheduleAnyway
    labelSelector:
      matchLabels: {{- include "rdm.selector" . | nindent 8 }}
{{- end }}
