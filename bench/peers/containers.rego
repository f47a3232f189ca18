# What conftest is given to judge by: a dozen of the plainest checks, so that its figures stand for something.
package main

containers contains container if some container in input.spec.template.spec.containers
containers contains container if some container in input.spec.template.spec.initContainers

deny contains sprintf("%s is privileged", [c.name]) if { some c in containers; c.securityContext.privileged == true }
deny contains sprintf("%s may run as root", [c.name]) if { some c in containers; not c.securityContext.runAsNonRoot }
deny contains sprintf("%s has a writable root", [c.name]) if { some c in containers; not c.securityContext.readOnlyRootFilesystem }
deny contains sprintf("%s may gain privileges", [c.name]) if { some c in containers; not c.securityContext.allowPrivilegeEscalation == false }
deny contains sprintf("%s has no memory limit", [c.name]) if { some c in containers; not c.resources.limits.memory }
deny contains sprintf("%s has no processor limit", [c.name]) if { some c in containers; not c.resources.limits.cpu }
deny contains sprintf("%s has a moving tag", [c.name]) if { some c in containers; endswith(c.image, ":latest") }
deny contains sprintf("%s has no digest", [c.name]) if { some c in containers; not contains(c.image, "@sha256:") }
deny contains sprintf("%s adds a capability", [c.name]) if { some c in containers; count(c.securityContext.capabilities.add) > 0 }
deny contains "the host's network" if input.spec.template.spec.hostNetwork == true
deny contains "the host's processes" if input.spec.template.spec.hostPID == true
deny contains "a path of the host" if { some v in input.spec.template.spec.volumes; v.hostPath }
