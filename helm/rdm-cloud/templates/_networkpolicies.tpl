{{/* The head of a policy: a dict of root, name, and components that it is about. */}}
{{- define "rdm.policy" -}}
---
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata:
  name: {{ include "rdm.name" . }}
  labels: {{- include "rdm.labels" . | nindent 4 }}
spec:
  podSelector: {{- include "rdm.pods" . | nindent 4 }}
{{- end }}

{{/* Pods of this release by their components. */}}
{{- define "rdm.pods" -}}
matchLabels:
  app.kubernetes.io/name: {{ .root.Chart.Name }}
  app.kubernetes.io/instance: {{ .root.Release.Name }}
{{- with .components }}
matchExpressions:
  - { key: app.kubernetes.io/component, operator: In, values: [{{ join ", " . }}] }
{{- end }}
{{- end }}

{{/* Egress to a dependency: a dict of root, dependency (bundled under that name), peers and port of one that is not bundled. */}}
{{- define "rdm.egress" -}}
policyTypes: [Egress]
egress:
  - ports: [{ protocol: TCP, port: {{ .port }} }]
    {{- if .root.Values.bundled.enabled }}
    to:
      - podSelector: {{- include "rdm.pods" (dict "root" .root "components" (list .dependency)) | nindent 10 }}
    {{- else if .peers }}
    to: {{- toYaml .peers | nindent 6 }}
    {{- end }}
{{- end }}
