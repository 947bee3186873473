/** What a request needs of a target that is not known well enough. */
export type Requirement = RequiredValues | ExcludedValues;

/** A fact that must have one of the values. */
export interface RequiredValues {
  fact: FactName;
  values: Array<string | boolean>;
  not?: undefined;
  /** The rules that demand it. */
  rules: RuleName[];
  /** The places that demand it. */
  places: Place[];
}

/** Facts that must not have these values all at once. */
export interface ExcludedValues {
  fact?: undefined;
  values?: undefined;
  not: { [Name in FactName]?: string | boolean };
  /** The rules that demand it. */
  rules: RuleName[];
  /** The places that demand it. */
  places: Place[];
}

/** A request as it will be sent. */
export interface Request {
  method: string;
  /** Absolute, or only the path. */
  url: string | Address;
  /** Judged only where they are given. */
  headers?: Record<string, string | undefined> | Iterable<readonly [string, string]>;
  /** A value, or a string of JSON text. Only for a text do diagnostics have spans. */
  body?: unknown;
  /** What is known of the target; it is added to the second argument of `check`, and wins over it. */
  context?: Context;
}

/** A `URL`, which only those know who compile for browsers or Node. */
export type Address = typeof globalThis extends { URL: { prototype: infer Class } } ? Class : { readonly href: string };

/** A page of the API's documentation. */
export interface Document {
  title: string;
  updated: string;
}

export interface OperationInfo {
  name: OperationName;
  method: string;
  path: string;
  summary: string;
  document: Document;
}

export interface RuleInfo {
  name: RuleName;
  severity: Severity;
  group: RuleGroup;
  ages: RuleAges;
  summary: string;
  operations: OperationName[];
  sources: Source[];
}

/** What there is to say about a field of a body, without its target. */
export interface Field {
  type?: string | string[];
  required: boolean;
  title?: string;
  description?: string;
  minimum?: number;
  maximum?: number;
  /** Characters, not UTF-16 units. */
  minLength?: number;
  /** Characters, not UTF-16 units. */
  maxLength?: number;
  maxItems?: number;
  minProperties?: number;
  enum?: unknown[];
  enumDescriptions?: string[];
  /** Compiles with the `v` flag, as the attribute `pattern` of HTML does. */
  pattern?: string;
  default?: unknown;
}

/** What there is to say about a file. */
export interface FileReport {
  reports: Report[];
  /** How many requests go to other services. */
  skipped: number;
  /** What kept the file, or a part of it, from being judged. */
  problems: { message: string; span?: Span }[];
}

/**
 * Checks a request before it is sent. `null` where it goes to another service.
 * @throws {TypeError} where the request is no object, cannot be written as JSON, or the context is not one.
 * @throws {RangeError} where the body is too long, from a hundred megabytes on.
 */
export declare function check(request: Request, context?: Context | null): Report | null;

/**
 * Checks every request of a file. The name tells its format: `.http`, `.rest`, `.json`, `.jsonl` or `.ndjson`.
 * @throws {TypeError} where name or text is no string, or the context is not one.
 */
export declare function checkFile(name: string, text: string, context?: Context | null): Report[];

/** `checkFile`, with what was passed over and why. */
export declare function inspectFile(name: string, text: string, context?: Context | null): FileReport;

/** The operations that are covered. */
export declare const operations: OperationInfo[];

/** The rules. */
export declare const rules: RuleInfo[];

/** The documentation of a rule in Markdown. It is loaded when it is first asked for. */
export declare function explain(rule: RuleName): Promise<string>;

/** The fields of an operation's body by their JSON Pointers; `*` is every element of a list. */
export declare function fields(operation: OperationName): Record<string, Field>;

/** A problem in the terms of Standard Schema, with what the diagnostic says beside the message. */
export interface Issue {
  readonly message: string;
  readonly path: ReadonlyArray<string | number>;
  readonly rule?: RuleName;
  readonly help?: string;
}

export interface ValidateOptions {
  readonly libraryOptions?: { readonly context?: Context; readonly [name: string]: unknown } | undefined;
}

export interface JsonSchemaOptions {
  readonly target: 'draft-2020-12' | 'draft-07' | (string & {});
  readonly libraryOptions?: Record<string, unknown> | undefined;
}

/** A body as a Standard Schema (https://standardschema.dev), with its Standard JSON Schema part. */
export interface Schema<Body> {
  readonly '~standard': {
    readonly version: 1;
    readonly vendor: 'elblint';
    readonly validate: (
      value: unknown,
      options?: ValidateOptions | undefined,
    ) => { readonly value: Body; readonly issues?: undefined } | { readonly issues: ReadonlyArray<Issue> };
    readonly jsonSchema: {
      readonly input: (options: JsonSchemaOptions) => Record<string, unknown>;
      readonly output: (options: JsonSchemaOptions) => Record<string, unknown>;
    };
    readonly types?: { readonly input: Body; readonly output: Body } | undefined;
  };
}

/** The body of each operation, for a target of which nothing is known. */
export declare const schemas: { readonly [Name in OperationName]: Schema<Bodies[Name]> };

/** The body of an operation, for a target of which this is known. */
export declare function schemaFor<Name extends OperationName>(
  operation: Name,
  context?: Context | null,
): Schema<Bodies[Name]>;

export interface FormOptions {
  /** What is known of the target. */
  context?: Context | null;
}

export interface BoundForm {
  /** The body that the form's values make. Of the buttons, only the one that submitted the form counts. */
  body(): unknown;
  /** Judges the form as it stands, and shows all that is found. */
  check(): Report;
  /** Tells what is known of the target now. */
  setContext(context: Context | null | undefined): void;
  /** Takes back everything that was done to the form. */
  unbind(): void;
}

/** An `HTMLFormElement`, which only those know who compile for browsers. */
export type Form = typeof globalThis extends { HTMLFormElement: { prototype: infer Element } } ? Element : { readonly elements: object };

/** The event `elblint` of a form, whose detail is the report of a check. */
export type CheckEvent = (typeof globalThis extends { Event: { prototype: infer Class } } ? Class : unknown) & { readonly detail: Report };

declare global {
  interface HTMLElementEventMap {
    elblint: CheckEvent;
  }
}

/**
 * Makes a plain HTML form check itself; one that is bound already is set free first. A control's name is the field's
 * JSON Pointer (`/pool/name`), its dotted path (`pool.name`), or its own name where the body has one object (`name`).
 */
export declare function bindForm(form: Form, operation: OperationName, options?: FormOptions): BoundForm;
