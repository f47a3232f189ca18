// Command compose-oracle answers as `docker compose config` would, by the specification's own loader. It reads one
// request a line (JSON) from its input and writes one answer a line, so that thousands of files need one process.
package main

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"unicode"

	"github.com/compose-spec/compose-go/v2/cli"
	"github.com/compose-spec/compose-go/v2/dotenv"
	"github.com/compose-spec/compose-go/v2/types"
	"github.com/compose-spec/compose-go/v2/utils"
	"github.com/sirupsen/logrus"
)

// request holds the arguments of `docker compose config` and the environment that it would run in.
type request struct {
	Files            []string          `json:"files"`
	Profiles         []string          `json:"profiles"`
	EnvFiles         []string          `json:"envFiles"`
	ProjectDirectory string            `json:"projectDirectory"`
	ProjectName      string            `json:"projectName"`
	Directory        string            `json:"directory"`
	Environment      map[string]string `json:"environment"`
	Yaml             bool              `json:"yaml"`
}

type answer struct {
	// Project is the JSON that would be printed, before each `$` is doubled.
	Project json.RawMessage `json:"project,omitempty"`
	Yaml    string          `json:"yaml,omitempty"`
	Error   string          `json:"error,omitempty"`
}

func main() {
	logrus.SetOutput(io.Discard)
	dotenv.RegisterFormat("raw", rawEnv)
	in := bufio.NewReaderSize(os.Stdin, 1<<20)
	out := bufio.NewWriter(os.Stdout)
	encoder := json.NewEncoder(out)
	for {
		line, err := in.ReadBytes('\n')
		if len(bytes.TrimSpace(line)) > 0 {
			if encodeErr := encoder.Encode(reply(line)); encodeErr != nil {
				panic(encodeErr)
			}
			_ = out.Flush()
		}
		if err != nil {
			return
		}
	}
}

// rawEnv reads the env files of `docker run`, which Docker Compose knows as the raw format: values are taken as they are.
func rawEnv(reader io.Reader, file string, into map[string]string, lookup func(string) (string, bool)) error {
	lines := bufio.NewScanner(reader)
	for lines.Scan() {
		line := strings.TrimLeftFunc(lines.Text(), unicode.IsSpace)
		if line == "" || line[0] == '#' {
			continue
		}
		name, value, given := strings.Cut(line, "=")
		if name == "" || strings.ContainsFunc(name, unicode.IsSpace) {
			return fmt.Errorf("%s: %q is not a variable's name", file, name)
		}
		if !given {
			if value, given = lookup(name); !given {
				continue
			}
		}
		into[name] = value
	}
	return lines.Err()
}

func reply(line []byte) (result answer) {
	defer func() {
		if fault := recover(); fault != nil {
			result = answer{Error: fmt.Sprintf("panic: %v", fault)}
		}
	}()
	var asked request
	if err := json.Unmarshal(line, &asked); err != nil {
		return answer{Error: err.Error()}
	}
	result, err := config(asked)
	if err != nil {
		return answer{Error: err.Error()}
	}
	return result
}

func config(asked request) (answer, error) {
	if err := enter(asked); err != nil {
		return answer{}, err
	}
	project, err := load(asked)
	if err != nil {
		return answer{}, err
	}
	printed, err := project.MarshalJSON()
	if err != nil {
		return answer{}, err
	}
	result := answer{Project: printed}
	if asked.Yaml {
		text, err := project.MarshalYAML()
		if err != nil {
			return answer{}, err
		}
		result.Yaml = string(text)
	}
	return result, nil
}

// enter makes the process look as the asked one would: its directory and its variables, with the COMPOSE_ ones of the
// project's .env, which the command takes for its own.
func enter(asked request) error {
	os.Clearenv()
	for name, value := range asked.Environment {
		if err := os.Setenv(name, value); err != nil {
			return err
		}
	}
	if asked.Directory != "" {
		if err := os.Chdir(asked.Directory); err != nil {
			return err
		}
	}
	options, err := cli.NewProjectOptions(asked.Files,
		cli.WithWorkingDirectory(asked.ProjectDirectory), cli.WithOsEnv, cli.WithEnvFiles(envFiles(asked)...), cli.WithDotEnv)
	if err != nil {
		return err
	}
	found, err := dotenv.GetEnvFromFile(utils.GetAsEqualsMap(os.Environ()), options.EnvFiles)
	if err != nil {
		return err
	}
	for name, value := range found {
		if _, set := os.LookupEnv(name); !set && strings.HasPrefix(name, "COMPOSE_") {
			if err := os.Setenv(name, value); err != nil {
				return err
			}
		}
	}
	return nil
}

func envFiles(asked request) []string {
	files := asked.EnvFiles
	if len(files) == 0 {
		files = strings.FieldsFunc(asked.Environment["COMPOSE_ENV_FILES"], func(c rune) bool { return c == ',' })
	}
	result := make([]string, 0, len(files))
	for _, file := range files {
		if !filepath.IsAbs(file) {
			file = filepath.Join(asked.Directory, file)
		}
		result = append(result, file)
	}
	return result
}

func load(asked request) (*types.Project, error) {
	files := envFiles(asked)
	first := []cli.ProjectOptionsFn{
		cli.WithDefaultProfiles(asked.Profiles...), cli.WithDiscardEnvFile,
		cli.WithWorkingDirectory(asked.ProjectDirectory), cli.WithOsEnv,
	}
	if _, present := os.LookupEnv("PWD"); !present {
		directory, err := os.Getwd()
		if err != nil {
			return nil, err
		}
		first = append(first, cli.WithEnv([]string{"PWD=" + directory}))
	}
	options, err := cli.NewProjectOptions(asked.Files, append(first,
		cli.WithEnvFiles(files...), cli.WithDotEnv,
		cli.WithConfigFileEnv, cli.WithDefaultConfigPath,
		cli.WithEnvFiles(files...), cli.WithDotEnv,
		cli.WithDefaultProfiles(asked.Profiles...), cli.WithName(asked.ProjectName),
	)...)
	if err != nil {
		return nil, err
	}
	project, err := options.LoadProject(context.Background())
	if err != nil {
		return nil, err
	}
	if project.Name == "" {
		return nil, errors.New("project name can't be empty")
	}
	project, err = project.WithoutUnnecessaryResources().WithServicesEnvironmentResolved(true)
	if err != nil {
		return nil, err
	}
	return project, project.CheckContainerNameUnicity()
}
