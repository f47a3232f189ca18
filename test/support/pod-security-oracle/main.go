// Reads objects from standard input, a JSON line each, and says of each which checks of the Pod Security Standards forbid
// it: with the library that the API server itself asks, on what the API server would hand it.
package main

import (
	"bufio"
	"encoding/json"
	"fmt"
	"os"
	"reflect"
	"regexp"
	"sort"

	appsv1 "k8s.io/api/apps/v1"
	batchv1 "k8s.io/api/batch/v1"
	corev1 "k8s.io/api/core/v1"
	"k8s.io/pod-security-admission/api"
	"k8s.io/pod-security-admission/policy"
	kjson "sigs.k8s.io/json"
)

// Which of these is asked: Levels and versions are combined, e.g. two levels and "v1.29" are two verdicts.
type question struct {
	Levels   []string        `json:"levels"`
	Versions []string        `json:"versions"`
	Object   json.RawMessage `json:"object"`
}

// Keys of Forbidden are "baseline v1.29"; an allowed object has an empty list. Error: the API server would not take it.
type answer struct {
	Forbidden map[string][]string `json:"forbidden,omitempty"`
	Error     string              `json:"error,omitempty"`
}

func main() {
	judge, err := newJudge()
	if err != nil {
		fail(err)
	}
	if len(os.Args) > 1 && os.Args[1] == "catalogue" {
		printJSON(bufio.NewWriter(os.Stdout), judge.catalogue())
		return
	}
	in := bufio.NewScanner(os.Stdin)
	in.Buffer(make([]byte, 1<<20), 1<<28)
	out := bufio.NewWriter(os.Stdout)
	for in.Scan() {
		var asked question
		if err := json.Unmarshal(in.Bytes(), &asked); err != nil {
			fail(err)
		}
		printJSON(out, judge.answer(asked))
	}
	if err := in.Err(); err != nil {
		fail(err)
	}
}

func fail(err error) {
	fmt.Fprintln(os.Stderr, err)
	os.Exit(1)
}

func printJSON(out *bufio.Writer, value any) {
	text, err := json.Marshal(value)
	if err != nil {
		fail(err)
	}
	out.Write(append(text, '\n'))
	if err := out.Flush(); err != nil {
		fail(err)
	}
}

type judge struct {
	checks    []policy.Check
	evaluator policy.Evaluator
}

func newJudge() (*judge, error) {
	checks := policy.DefaultChecks()
	sort.Slice(checks, func(i, j int) bool { return checks[i].ID < checks[j].ID })
	evaluator, err := policy.NewEvaluator(checks, nil)
	return &judge{checks, evaluator}, err
}

// Everything that the library knows: by check its level, and the minor versions at which it begins or changes.
func (j *judge) catalogue() map[string][]string {
	all := map[string][]string{}
	for _, check := range j.checks {
		facts := []string{string(check.Level)}
		for _, version := range check.Versions {
			facts = append(facts, version.MinimumVersion.String())
		}
		all[string(check.ID)] = facts
	}
	return all
}

func (j *judge) answer(asked question) answer {
	template, err := podOf(asked.Object)
	if err != nil {
		return answer{Error: err.Error()}
	}
	setDefaults(&template.Spec)
	forbidden := map[string][]string{}
	for _, level := range asked.Levels {
		for _, version := range asked.Versions {
			ids, err := j.forbidden(level, version, template)
			if err != nil {
				return answer{Error: err.Error()}
			}
			forbidden[level+" "+version] = ids
		}
	}
	return answer{Forbidden: forbidden}
}

// The library's own evaluator gives verdicts without names, in the order baseline before restricted, each sorted by name:
// the names are worked out here by the same overrides, and the two must have the same length.
func (j *judge) forbidden(levelName, versionName string, template *corev1.PodTemplateSpec) ([]string, error) {
	level, err := api.ParseLevel(levelName)
	if err != nil {
		return nil, err
	}
	version, err := api.ParseVersion(versionName)
	if err != nil {
		return nil, err
	}
	ids := j.inForce(level, version)
	results := j.evaluator.EvaluatePod(api.LevelVersion{Level: level, Version: version}, &template.ObjectMeta, &template.Spec)
	if len(ids) != len(results) {
		return nil, fmt.Errorf("%d checks are named and %d were made", len(ids), len(results))
	}
	names := []string{}
	for at, result := range results {
		if !result.Allowed {
			names = append(names, ids[at])
		}
	}
	return names, nil
}

func (j *judge) inForce(level api.Level, version api.Version) []string {
	overridden := map[policy.CheckID]bool{}
	names := map[api.Level][]string{}
	for _, check := range j.checks {
		current := inForceAt(check, version)
		if current == nil || level == api.LevelBaseline && check.Level == api.LevelRestricted {
			continue
		}
		for _, id := range current.OverrideCheckIDs {
			overridden[id] = true
		}
		names[check.Level] = append(names[check.Level], string(check.ID))
	}
	ids := []string{}
	for _, id := range append(names[api.LevelBaseline], names[api.LevelRestricted]...) {
		if !overridden[policy.CheckID(id)] {
			ids = append(ids, id)
		}
	}
	return ids
}

func inForceAt(check policy.Check, version api.Version) *policy.VersionedCheck {
	var current *policy.VersionedCheck
	for at := range check.Versions {
		if !version.Older(check.Versions[at].MinimumVersion) {
			current = &check.Versions[at]
		}
	}
	return current
}

// The kinds with a pod, in any version of their group: old versions hold the same template.
var typeName = regexp.MustCompile(`^(?:v1|(?:apps|batch|extensions)/v[0-9][a-z0-9]*) ([A-Za-z]+)$`)

// Reads an object as the API server does: names are compared with their case, and a value of a wrong type is an error.
func podOf(raw []byte) (*corev1.PodTemplateSpec, error) {
	var kind struct {
		APIVersion string `json:"apiVersion"`
		Kind       string `json:"kind"`
	}
	if err := kjson.UnmarshalCaseSensitivePreserveInts(raw, &kind); err != nil {
		return nil, err
	}
	if !typeName.MatchString(kind.APIVersion + " " + kind.Kind) {
		return nil, fmt.Errorf("%q of %q has no pod", kind.Kind, kind.APIVersion)
	}
	read := func(object any, template func() *corev1.PodTemplateSpec) (*corev1.PodTemplateSpec, error) {
		if err := kjson.UnmarshalCaseSensitivePreserveInts(raw, object); err != nil {
			return nil, err
		}
		if found := template(); found != nil {
			return found, nil
		}
		return &corev1.PodTemplateSpec{}, nil
	}
	switch kind.Kind {
	case "Pod":
		var o corev1.Pod
		return read(&o, func() *corev1.PodTemplateSpec { return &corev1.PodTemplateSpec{ObjectMeta: o.ObjectMeta, Spec: o.Spec} })
	case "PodTemplate":
		var o corev1.PodTemplate
		return read(&o, func() *corev1.PodTemplateSpec { return &o.Template })
	case "ReplicationController":
		var o corev1.ReplicationController
		return read(&o, func() *corev1.PodTemplateSpec { return o.Spec.Template })
	case "Deployment":
		var o appsv1.Deployment
		return read(&o, func() *corev1.PodTemplateSpec { return &o.Spec.Template })
	case "StatefulSet":
		var o appsv1.StatefulSet
		return read(&o, func() *corev1.PodTemplateSpec { return &o.Spec.Template })
	case "DaemonSet":
		var o appsv1.DaemonSet
		return read(&o, func() *corev1.PodTemplateSpec { return &o.Spec.Template })
	case "ReplicaSet":
		var o appsv1.ReplicaSet
		return read(&o, func() *corev1.PodTemplateSpec { return &o.Spec.Template })
	case "Job":
		var o batchv1.Job
		return read(&o, func() *corev1.PodTemplateSpec { return &o.Spec.Template })
	case "CronJob":
		var o batchv1.CronJob
		return read(&o, func() *corev1.PodTemplateSpec { return &o.Spec.JobTemplate.Spec.Template })
	}
	return nil, fmt.Errorf("%q of %q has no pod", kind.Kind, kind.APIVersion)
}

// Of the API server's defaults the one that a check sees: a volume without a source is an emptyDir.
func setDefaults(spec *corev1.PodSpec) {
	for at := range spec.Volumes {
		if source := &spec.Volumes[at].VolumeSource; reflect.ValueOf(*source).IsZero() {
			source.EmptyDir = &corev1.EmptyDirVolumeSource{}
		}
	}
}
