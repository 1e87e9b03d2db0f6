{{/* The parts that the bundled dependencies have in common; each takes a dict of root, name, and what its comment says. */}}

{{- define "rdm.bundled.metadata" -}}
metadata:
  name: {{ include "rdm.name" . }}
  labels: {{- include "rdm.labels" . | nindent 4 }}
{{- end }}

{{/* One pod that is no superuser. user: as whom its image runs; checksum: of its configuration, if any. */}}
{{- define "rdm.bundled.pod" -}}
replicas: 1
serviceName: {{ include "rdm.name" . }}
selector:
  matchLabels: {{- include "rdm.selector" . | nindent 4 }}
template:
  metadata:
    labels: {{- include "rdm.selector" . | nindent 6 }}
    {{- with .checksum }}
    annotations: { checksum/config: {{ . }} }
    {{- end }}
  spec:
    serviceAccountName: {{ include "rdm.name" (dict "root" .root "name" "services") }}
    automountServiceAccountToken: false
    enableServiceLinks: false
    securityContext:
      runAsNonRoot: true
      runAsUser: {{ .user }}
      runAsGroup: {{ .user }}
      fsGroup: {{ .user }}
      fsGroupChangePolicy: OnRootMismatch
      seccompProfile: { type: RuntimeDefault }
{{- end }}

{{- define "rdm.bundled.container" -}}
name: {{ .name }}
image: {{ get .root.Values.bundled.images .name }}
securityContext:
  allowPrivilegeEscalation: false
  capabilities: { drop: [ALL] }
resources: {{- toYaml .root.Values.bundled.resources | nindent 2 }}
{{- end }}

{{/* probe: its handler. */}}
{{- define "rdm.bundled.probes" -}}
startupProbe: { {{ .probe }}, periodSeconds: 5, timeoutSeconds: 20, failureThreshold: 120 }
livenessProbe: { {{ .probe }}, periodSeconds: 30, timeoutSeconds: 20, failureThreshold: 6 }
readinessProbe: { {{ .probe }}, periodSeconds: 10, timeoutSeconds: 20 }
{{- end }}

{{- define "rdm.bundled.claim" -}}
volumeClaimTemplates:
  - metadata: { name: data }
    spec:
      accessModes: [ReadWriteOnce]
      {{- with .root.Values.bundled.storage.storageClassName }}
      storageClassName: {{ . }}
      {{- end }}
      resources: { requests: { storage: {{ .root.Values.bundled.storage.size }} } }
{{- end }}
